/** Which order it is: number, priority, for whom, model, material, date. */
import type { JSX } from 'preact';
import type { Order } from '../../../gateways/contract/order.ts';
import type { TimelineItem } from '../../../gateways/contract/timeline.ts';
import { boardText } from '../../text/board.ts';
import { drawerText as words } from '../../text/drawer.ts';
import { moment } from '../../text/format.ts';
import { Digits, Icon, Swatch, Thumb } from '../../ui/mark.tsx';
import { now } from '../../ui/ticking.ts';
import { Priority } from '../card-face.tsx';
import { finishName, materialName } from '../who.ts';
import type { Face } from './face.ts';
import { closeDrawer } from './open.ts';

/** `first`: how its story begins. */
export function Head(props: { face: Face; order: Order | undefined; first: TimelineItem | undefined }): JSX.Element {
  const { face, order, first } = props;
  const whom = forWhom(order, first);
  return (
    <div class="drawer-head">
      <Thumb material={face.material} quantity={face.quantity} image={face.thumb} />
      <div class="drawer-name">
        <div class="row wrap">
          <h2 class="no" id="d-no">
            <Digits number={face.number} />
          </h2>
          {face.priority > 0 ? <Priority level={face.priority} /> : null}
          {whom === '' ? null : (
            <span class="dim cut" title={whom}>
              {whom}
            </span>
          )}
        </div>
        <p class="drawer-model">
          <span title={face.title} translate={false}>
            {face.title.replace(/\.stl$/i, '')}
          </span>{' '}
          <span class="dim">
            · <Swatch material={face.material} />{' '}
            {boardText.card.material(materialName(face.material), finishName(face.material, face.finish))}
          </span>
        </p>
        <Due
          due={face.due}
          made={face.status === 'SHIPPED' || face.status === 'DELIVERED' || face.status === 'CLOSED'}
        />
      </div>
      <button type="button" class="btn quiet small" aria-label={words.close(face.number)} onClick={closeDrawer}>
        <Icon name="close" />
        <span class="kbd" aria-hidden="true">
          Esc
        </span>
      </button>
    </div>
  );
}

function Due({ due, made }: { due: string | null; made: boolean }): JSX.Element {
  if (due === null) return <p class="dim">{boardText.card.noDue}</p>;
  const left = Date.parse(due) - now.value;
  return (
    <p>
      <b>{words.due(moment(due, now.value))}</b>{' '}
      {made ? null : left < 0 ? (
        <span data-s="stop" class="drawer-late">
          {boardText.card.late(-left)}
        </span>
      ) : (
        <span class="dim">{boardText.card.inTime(left)}</span>
      )}
    </p>
  );
}

/** Who ordered it stands in its story. */
function forWhom(order: Order | undefined, first: TimelineItem | undefined): string {
  const name = first?.by.role === 'buyer' || first?.by.role === 'partner' ? first.by.name : undefined;
  if (name !== undefined) return words.forWhom(name, order?.reference);
  return order?.reference === undefined ? '' : words.reference(order.reference);
}
