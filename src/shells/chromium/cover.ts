/**
 * What a new window shows until it has a creative of its own: the picture of the one that it replaces. Window managers put a
 * new window in front, wherever it is asked to stand, and it must not be empty there.
 *
 * @param picture JPEG in base64
 */
export function coverPage(picture: string): string {
  return `data:text/html,<title>Litfass</title><body style="margin:0;background:black url(data:image/jpeg;base64,${encodeURIComponent(picture)}) center/100% 100% no-repeat;height:100vh">`;
}

/**
 * Run in the stage page before its own scripts: lays the picture over it until a creative has come to front. Scripts of this sort
 * run again in every frame and at each reload: there, the picture would be one of long ago, over a creative of now.
 */
export function coverScript(picture: string): string {
  return `if (parent === window && sessionStorage.getItem('covered') === null) addEventListener('DOMContentLoaded', () => {
    sessionStorage.setItem('covered', 'once');
    const cover = new Image();
    cover.src = 'data:image/jpeg;base64,${picture}';
    cover.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;z-index:9998';
    document.body.append(cover);
    const stage = document.querySelector('#stage');
    const look = () => (stage === null || stage.querySelector('.slot.front') === null ? requestAnimationFrame(look) : setTimeout(() => cover.remove(), 1_000));
    look();
  }, { once: true })`;
}
