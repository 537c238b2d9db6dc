/**
 * Addresses of what a PDF may refer to without bringing it along: the fourteen standard fonts, encodings of Asian scripts, and
 * decoders for rare kinds of pictures. They lie beside the page; nothing is fetched from elsewhere.
 */
const ADDRESSES = import.meta.glob(['../../../../node_modules/pdfjs-dist/cmaps/*.bcmap', '../../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', '../../../../node_modules/pdfjs-dist/wasm/*.wasm'], { query: '?url', import: 'default', eager: true });
const BY_NAME = new Map(Object.entries(ADDRESSES).map(([path, address]) => [path.split('/').at(-1), address]));

/** What pdf.js asks when it needs one of them. */
export class PdfResources {
  /** @throws Error for a name that the library does not bring along: the page is then drawn without it */
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = BY_NAME.get(filename);
    if (address === undefined) throw new Error(`there is no ${filename} among the resources for PDFs`);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }
}
