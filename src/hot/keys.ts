/**
 * Every Redis key and channel there is. Keys of one actor share the tag `{kind:id}`, those of a board `{site}`, so each
 * stands in one slot of a cluster. Nothing else in the code base builds a key.
 */
import type { Addressee } from '../runtime/actor.ts';

export class Keys {
  readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  /** What the keys of an actor begin with, for finish.lua: followed by :head, :lease, :held or :live. */
  actor(kind: string, actor: string): string {
    return `${this.prefix}:{${kind}:${actor}}`;
  }

  /** String: see state-text.ts. */
  state(kind: string, actor: string): string {
    return `${this.actor(kind, actor)}:head`;
  }

  /** String: the token of the turn that holds the actor. */
  lease(kind: string, actor: string): string {
    return `${this.actor(kind, actor)}:lease`;
  }

  /** Hash: number of a slot → the actor that holds it for this one. Hints; the truth are the claims. */
  held(kind: string, holder: string): string {
    return `${this.actor(kind, holder)}:held`;
  }

  /** String: a refusal, remembered for a while. */
  refused(kind: string, actor: string, commandId: string): string {
    return `${this.actor(kind, actor)}:refused:${commandId}`;
  }

  /** Shard channel: one message per new version. */
  live(kind: string, actor: string): string {
    return `${this.actor(kind, actor)}:live`;
  }

  /** Shard channel: what a person, or everybody of a role at a site, is told. */
  you(to: Addressee): string {
    return 'person' in to
      ? `${this.actor('person', to.person)}:you`
      : `${this.actor('role', `${to.role}:${to.site}`)}:you`;
  }

  /** What the keys of a board begin with: followed by meta, place, card, stream, gone, presence, people, watch or `<lane>:recent|urgent`. */
  board(site: string): string {
    return `${this.prefix}:b:{${site}}:`;
  }

  boardMeta(site: string): string {
    return `${this.board(site)}meta`;
  }

  boardStream(site: string): string {
    return `${this.board(site)}stream`;
  }

  boardPlace(site: string): string {
    return `${this.board(site)}place`;
  }

  /** Sorted set: `<person>|<node>` → when last noted at a board of the site, milliseconds. */
  presence(site: string): string {
    return `${this.board(site)}presence`;
  }

  /** Hash: person → JSON {present, since}. */
  people(site: string): string {
    return `${this.board(site)}people`;
  }

  /** Hash: when the keeper last looked who is present, and since when absence counts. */
  presenceWatch(site: string): string {
    return `${this.board(site)}watch`;
  }

  session(id: string): string {
    return `${this.prefix}:session:${id}`;
  }

  /** Channel: the id of each session that was revoked. */
  sessionsEnded(): string {
    return `${this.prefix}:sessions-ended`;
  }

  /** Channel: JSON lists of the hashes of guest links that were revoked. */
  sharesEnded(): string {
    return `${this.prefix}:shares-ended`;
  }

  /** String: wrong log-ins within a minute; `id` stands for login and address. */
  wrongLogIns(id: string): string {
    return `${this.prefix}:wrong-log-ins:${id}`;
  }

  /** What the counters of a partners' quota begin with; followed by `:<partner>`. */
  quota(name: string): string {
    return `${this.prefix}:quota:${name}`;
  }

  /** Lease of a duty. */
  duty(name: string): string {
    return `${this.prefix}:duty:${name}`;
  }
}
