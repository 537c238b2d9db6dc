import './audio-card.css';

/** Heights of the bars, per cent: a drawing, not a measurement. */
const BARS = [38, 64, 100, 72, 48, 84, 56];

/** What is seen while something is heard: our column, calm bars, and what is playing. */
export function drawAudioCard(name: string): HTMLElement {
  const card = document.createElement('figure');
  card.className = 'audio-card';
  const drawing = document.createElement('div');
  drawing.className = 'bars';
  for (const [index, height] of BARS.entries()) {
    const bar = document.createElement('span');
    bar.style.height = `${height}%`;
    bar.style.animationDelay = `${-430 * index}ms`;
    drawing.append(bar);
  }
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  card.append(drawing, caption);
  return card;
}
