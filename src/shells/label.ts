const SHOWN_MS = 20_000;

/** Run in the stage page: lays a text over the picture for twenty seconds, for whoever looks for this screen in a shop. */
export function labelScript(text: string): string {
  return `(() => {
    const label = document.createElement('div');
    label.textContent = ${JSON.stringify(text)};
    // The pointer goes through it: who looks what stands on the page still finds the creative.
    label.style.cssText = 'position:fixed;inset:0;z-index:9999;pointer-events:none;display:grid;place-content:center;padding:6vmin;text-align:center;font:700 12vmin/1.05 system-ui,sans-serif;color:#fff4de;background:#11100ee0';
    document.body.append(label);
    setTimeout(() => label.remove(), ${SHOWN_MS});
  })()`;
}
