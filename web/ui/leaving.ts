/** A page that is left too early: the browser asks first. */
let forced = false;

/** `holds`: is there something that would be lost? */
export function guardLeaving(holds: () => boolean): void {
  addEventListener('beforeunload', (event) => {
    if (!forced && holds()) event.preventDefault();
  });
}

/** Somebody else is here now: nothing keeps the page. */
export function startAnew(): void {
  forced = true;
  location.reload();
}
