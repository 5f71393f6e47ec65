/** Jobs that failed for good: nothing is retried by itself any more, a person starts them anew. */
import type { JSX } from 'preact';
import type { Job } from '../../gateways/contract/jobs.ts';
import { problemText } from '../text/common.ts';
import { moment } from '../text/format.ts';
import { staffText } from '../text/staff.ts';
import { Fault } from '../ui/form.tsx';
import { Icon } from '../ui/mark.tsx';
import { now } from '../ui/ticking.ts';
import { deadCount, jobs, jobsFault, redrive, redriving } from './jobs.ts';
import { address } from './view.ts';

const words = staffText.jobs;

export const JobsSection = (): JSX.Element => (
  <section class="section" aria-labelledby="h-jobs">
    <div class="section-head">
      <h2 id="h-jobs">
        {words.title} {deadCount.value === 0 ? null : deadCount.value}
      </h2>
      <p class="dim">{words.lead}</p>
      {deadCount.value > 1 ? (
        <button
          type="button"
          class="btn push"
          aria-busy={redriving.value || undefined}
          onClick={() => void redrive(undefined)}
        >
          {words.redriveAll(deadCount.value)}
        </button>
      ) : null}
    </div>
    {jobsFault.value === undefined ? null : <Fault code={jobsFault.value} text={problemText(jobsFault.value)} />}
    {jobs.value === undefined && jobsFault.value === undefined ? <Icon name="sync" turning /> : null}
    {jobs.value?.length === 0 ? <p class="panel dim">{words.none}</p> : null}
    {jobs.value === undefined || jobs.value.length === 0 ? null : (
      <ul class="panel entries" aria-label={words.title}>
        {jobs.value.map((job) => (
          <JobEntry key={job.id} job={job} />
        ))}
      </ul>
    )}
  </section>
);

const JobEntry = ({ job }: { job: Job }): JSX.Element => (
  <li class="job-entry" data-job={job.id}>
    <div>
      <p>
        <b class="mono" translate={false}>
          {job.outcome ?? '–'}
        </b>
      </p>
      <p class="person-facts">
        <span class="mono" translate={false}>
          {job.kind}
        </span>
        <span>{words.tries(job.attempt)}</span>
        <time dateTime={job.createdAt}>{moment(job.createdAt, now.value)}</time>
        {job.message === undefined ? null : (
          <span class="wrap-anywhere" translate={false}>
            {job.message}
          </span>
        )}
      </p>
    </div>
    <div class="row wrap">
      {job.order === null ? null : (
        <a class="btn quiet small" href={address('open', job.order)}>
          {words.order}
        </a>
      )}
      <button
        type="button"
        class="btn small"
        aria-label={words.redriveOf(job.kind, job.outcome ?? '–')}
        aria-busy={redriving.value || undefined}
        onClick={() => void redrive(job)}
      >
        {words.redrive}
      </button>
    </div>
  </li>
);
