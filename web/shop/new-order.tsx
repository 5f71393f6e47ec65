import type { JSX } from 'preact';
import { problemText } from '../text/common.ts';
import { shopText } from '../text/shop.ts';
import { catalog } from '../ui/catalog.ts';
import { Fault } from '../ui/form.tsx';
import { Icon } from '../ui/mark.tsx';
import { catalogFault, loadCatalog } from './app.ts';
import { choice, place, placeFault, placing, sender } from './draft.ts';
import { ModelStage } from './model-stage.tsx';
import { Options } from './options.tsx';

export function NewOrder(): JSX.Element {
  if (catalogFault.value !== undefined)
    return (
      <main class="narrow stack">
        <Fault code={catalogFault.value} text={problemText(catalogFault.value)} />
        <button type="button" class="btn" onClick={() => void loadCatalog()}>
          <Icon name="sync" />
          {shopText.again}
        </button>
      </main>
    );
  const solid = sender.solid.value;
  const volume = solid && { mm3: solid.volumeMm3, measured: false };
  return (
    <main class="shop">
      <section aria-labelledby="h-model">
        <h1 id="h-model">{shopText.model.title}</h1>
        <ModelStage sender={sender} material={choice.material.value} />
      </section>
      <section aria-labelledby="h-options">
        <h2 class="h1" id="h-options">
          {shopText.options.title}
        </h2>
        {catalog.value === undefined ? null : (
          <form onSubmit={(event) => event.preventDefault()}>
            <Options catalog={catalog.value} choice={choice} volume={volume} />
          </form>
        )}
      </section>
      <Ask />
    </main>
  );
}

function Ask(): JSX.Element {
  const ready = sender.state.value.step === 'stored';
  const fault = placeFault.value;
  return (
    <aside class="panel quote" aria-labelledby="h-quote">
      <h2 class="h1" id="h-quote">
        {shopText.place.title}
      </h2>
      <p class="dim">{ready ? shopText.place.text : shopText.place.hint}</p>
      {fault === undefined ? null : <Fault code={fault.code} text={fault.text} />}
      <button
        type="button"
        class={ready && !placing.value ? 'btn floor primary' : 'btn floor'}
        aria-busy={placing.value || undefined}
        aria-disabled={!ready || undefined}
        aria-describedby={ready ? undefined : 'why-not'}
        onClick={() => void place()}
      >
        {placing.value ? shopText.place.busy : shopText.place.go}
      </button>
      {ready ? null : (
        <p class="under" id="why-not">
          {shopText.place.needModel}
        </p>
      )}
    </aside>
  );
}
