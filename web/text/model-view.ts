import { words } from './words.ts';

/** Words of the view of a model in three dimensions. */
export const modelViewText = words('modelView', {
  open: 'View in 3D',
  opening: 'Opening',
  notOpened: 'The view could not be loaded. Check the connection and try again.',
  close: 'Close',
  label: (name: string) => `${name} in three dimensions`,
  hint: 'Drag to turn, pinch or scroll to zoom. Keys: arrows, + and −, 0; with Shift the arrows move it.',
  coming: (share: number) => `Loading the model: ${share} %`,
  reading: 'Reading the model',
  acts: {
    left: 'From the left',
    right: 'From the right',
    up: 'From above',
    down: 'From below',
    nearer: 'Nearer',
    farther: 'Farther',
    reset: 'As at first',
  },
  size: (size: string) => `${size} mm`,
  scale: (length: string) => `${length} mm`,
  flatTitle: 'This browser draws nothing in three dimensions',
  flat: 'Here is the picture instead. Another browser, or a newer one, may show it.',
  noPicture: 'There is no picture either.',
  notAModel: 'This file cannot be drawn.',
  failed: 'The model could not be loaded.',
  again: 'Try again',
});
