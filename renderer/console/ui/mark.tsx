/** The advertising column: dome, shaft, foot, and one poster. The column takes the colour of the text around it. */
export function Mark() {
  return (
    <svg className="mark" viewBox="8 0 48 64" aria-hidden="true">
      <path fill="currentColor" d="M30 2h4v3.5C45 6.2 52 9.5 52 14v2H12v-2C12 9.5 19 6.2 30 5.5z" />
      <path fill="currentColor" d="M16 20h8v28h24v8h4v4H12v-4h4z" />
      <path className="poster" d="M28 20h20v24H28z" />
    </svg>
  );
}
