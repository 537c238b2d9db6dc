import { useEffect, useState } from 'react';

/** The exact bytes that were hashed, as a file: made here, from the text that was checked. */
export function LeafDownload({ leaf, name }: { leaf: string; name: string }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([leaf], { type: 'application/octet-stream' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [leaf]);
  return (
    <a className="button" href={url} download={name}>
      Leaf
    </a>
  );
}
