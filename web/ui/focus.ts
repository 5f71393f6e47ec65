/** Moves the focus when what held it has gone from the page: into what took its place, else it would fall to the page. */
export function focusOn(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
