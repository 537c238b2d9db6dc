// What the pages' build adds to the language, as far as it is used here.
interface ImportMeta {
  glob(patterns: readonly string[], options: { readonly query: '?url'; readonly import: 'default'; readonly eager: true }): Readonly<Record<string, string>>;
}

declare module 'pdfjs-dist/build/pdf.worker.min.mjs';
