/** A file that the page's build copies as it is; the import is its URL. */
declare module '*?url' {
  const url: string;
  export default url;
}
