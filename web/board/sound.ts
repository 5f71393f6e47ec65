/**
 * A quiet sound for what is asked of me in person: once per question, and only if the reader has touched the page, since no
 * browser lets a page sound before that. It can be switched off.
 */
import { signal } from '@preact/signals';

const STORED = 'andon.sound';

export const soundIsOn = signal(read());

export function switchSound(): void {
  soundIsOn.value = !soundIsOn.peek();
  try {
    localStorage.setItem(STORED, soundIsOn.value ? 'on' : 'off');
  } catch {
    // storage may be forbidden: it holds until the page is closed
  }
}

function read(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

const LOUD = 0.06;
const LONG_S = 0.16;
/** Falling for what asks for an answer before something stops, rising for what is offered. */
const TONES = { alarm: [784, 587], offer: [587, 784] } as const;

let context: AudioContext | undefined;

export function sound(kind: keyof typeof TONES): void {
  if (!soundIsOn.peek() || !navigator.userActivation?.hasBeenActive) return;
  context ??= new AudioContext();
  void context.resume();
  const start = context.currentTime + 0.02;
  for (const [n, pitch] of TONES[kind].entries()) beep(context, pitch, start + n * LONG_S);
}

/** Swells and fades, so that it does not click. */
function beep(on: AudioContext, pitch: number, at: number): void {
  const tone = on.createOscillator();
  const volume = on.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUD, at + 0.03);
  volume.gain.linearRampToValueAtTime(0, at + LONG_S);
  tone.connect(volume).connect(on.destination);
  tone.start(at);
  tone.stop(at + LONG_S);
}
