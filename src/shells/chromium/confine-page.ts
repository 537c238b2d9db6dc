/**
 * Run in the page and in all of its frames before their own scripts: no key reaches more than the page (reload, close, print,
 * developer tools, another window), no menu opens, and no pointer stands on the picture. Windows without tabs and address bar
 * ask the page first about every key.
 */
export const CONFINE = `(() => {
  const refuse = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // AltGr is ctrl and alt at once on some systems, and writes letters.
  const leadsOut = (event) => ((event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph')) || /^F\\d+$/.test(event.key) || event.key === 'Escape';
  addEventListener('keydown', (event) => leadsOut(event) && refuse(event), true);
  addEventListener('contextmenu', refuse, true);
})()`;

/** For pages that nobody points at. */
export const NO_POINTER = `{ const sheet = new CSSStyleSheet(); sheet.replaceSync('* { cursor: none !important }'); document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }`;
