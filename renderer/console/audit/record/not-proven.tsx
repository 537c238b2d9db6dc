import { LIVE_KINDS, type RecordedPlay } from '../../../../src/contract/index.ts';

/** The limits of the proof, as plain as the proof. */
export function NotProven({ play }: { play: RecordedPlay | null }) {
  return (
    <section className="card card-limits" aria-labelledby="not-proven">
      <h2 id="not-proven">What this does not prove</h2>
      <ul className="limits">
        {play !== null && LIVE_KINDS.includes(play.creative.kind) && (
          <li>
            <b>What the source sent.</b> The hash is that of the file that says where from and how. A page, a stream, a feed or a live field may have shown something else each time.
          </li>
        )}
        <li>
          <b>What was before the checkpoint.</b> A screen holds its own key. It could rewrite what nobody had seen before a checkpoint left the box; after that, any change shows.
        </li>
        <li>
          <b>That the panel was lit.</b> Frames are counted where the browser hands them to the display. Behind that are a cable, a plug and a backlight.
        </li>
        <li>
          <b>That anybody looked.</b> Numbers about people leave a screen only as noised sums. No play says who was there.
        </li>
        <li>
          <b>That this page is honest.</b> It came from the hub. To be free of it too, download the proof, which holds the leaf, and run <code>litfass verify</code> on a machine of your own.
        </li>
      </ul>
    </section>
  );
}
