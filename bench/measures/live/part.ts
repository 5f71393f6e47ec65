/** A part of the live bench: the sites it wants on its stand, and what it measures there. */
import type { Table } from '../../_kit/report.ts';
import type { Settings } from '../../_kit/settings.ts';
import type { Stand } from '../../_kit/stand.ts';

export interface Part {
  sites(settings: Settings): readonly string[];
  measure(stand: Stand, settings: Settings): Promise<readonly Table[]>;
}
