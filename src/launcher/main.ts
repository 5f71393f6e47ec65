/** The launcher's entry: one command, one exit code. 0 done, 1 it could not be done, 2 it was asked wrongly. */
import { AndonError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { type Command, readArguments } from './arguments.ts';
import { HELP } from './help.ts';
import { placeOf } from './place.ts';

const print = (line: string): void => console.log(line);

/** Only what a command needs is loaded: `status` is asked often. */
async function run(command: Command): Promise<number> {
  const { env } = process;
  const place = placeOf(env);
  switch (command.name) {
    case 'up':
      return (await import('./up.ts')).up(place, command, env);
    case 'down':
      return (await import('./down.ts')).down(place, print);
    case 'status':
      return (await import('./status.ts')).status(place, command.json, print);
    case 'logs':
      return (await import('./logs.ts')).logs(place, command);
    case 'users add':
      return (await import('./users.ts')).addUsers(place, command, env, print);
    case 'users passwd':
      return (await import('./user-changes.ts')).newPassword(place, command, env, print);
    case 'users disable':
      return (await import('./user-changes.ts')).setDisabled(place, command.login, true, env, print);
    case 'users enable':
      return (await import('./user-changes.ts')).setDisabled(place, command.login, false, env, print);
    case 'users list':
      return (await import('./user-changes.ts')).listUsers(place, command.json, env, print);
    case 'keys add':
      return (await import('./keys.ts')).addKey(place, command, env, print);
    case 'keys revoke':
      return (await import('./keys.ts')).revokeKey(place, command.id, env, print);
    case 'keys list':
      return (await import('./keys.ts')).listKeys(place, command.json, env, print);
    case 'jobs':
      return (await import('./jobs.ts')).listJobs(place, command, env, print);
    case 'jobs redrive':
      return (await import('./jobs.ts')).redriveJobs(place, command, env, print);
    case 'rebuild':
      return (await import('./rebuild.ts')).rebuild(place, command, env, print);
    case 'backup':
      return (await import('./backup.ts')).backup(place, command, env, print);
    case 'restore':
      return (await import('./restore.ts')).restore(place, command, env, print);
    case 'adopt':
      return (await import('./adopt.ts')).adopt(place, env, print);
    case 'migrate':
      return (await import('./migrate.ts')).migrate(place, env, print);
    case 'test':
      return (await import('./tool.ts')).runTests(place, command.what);
    case 'bench':
      return (await import('./tool.ts')).runBench(place, command.what);
    case 'version':
      print(`Andon ${VERSION}`);
      return 0;
    case 'help':
      print(HELP);
      return 0;
  }
}

// `./andon logs | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Faults of files are of the machine, not ours. */
function told(error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error)) return error;
  const { data } = placeOf(process.env);
  return new AndonError('no_file', `${error.message}\nAndon's data is in ${data}; ANDON_DATA gives another folder.`);
}

try {
  process.exitCode = await run(readArguments(process.argv.slice(2)));
} catch (thrown) {
  const error = told(thrown);
  if (!(error instanceof AndonError)) throw error;
  console.error(`andon: ${error.message}`);
  if (error.code === 'usage') console.error('See ./andon help');
  process.exitCode = error.code === 'usage' ? 2 : 1;
}
process.exit();
