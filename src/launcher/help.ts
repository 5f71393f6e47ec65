export const HELP = `Andon: the live order backbone for made-to-order manufacturers.

  ./andon up [-d] [--nodes N] [--workers N] [--keepers N] [--demo[=users]] [--force]
                                 start everything and show where it is; -d: in the background
                                 --nodes N: N web nodes behind nginx; workers and keepers: one each unless told
                                 --demo: with a house full of people who order, make and ship; --demo=users: only
                                 their log-ins. --force: although others can come in,
                                 or have orders here
  ./andon down                   end exactly what up started
  ./andon status [--json]        what runs, and what is not well; exit code 0 only when all is ready
                                 --json holds the passwords of the private servers
  ./andon test [WHAT ...]        WHAT: unit, int, e2e, web or a file; nothing = all
  ./andon logs [-f] [NAME]       NAME: web, web-1, worker, keeper, postgres, redis, rabbitmq, nginx ...
  ./andon users add --role R [--site S] [--count N] [--limit L] [--json]
                                 R: buyer, operator, packer, quality, supervisor, crm, engineer, carrier
                                 L: most orders such an operator holds at once
  ./andon users passwd LOGIN [--json]
                                 a new random password; whoever is signed in with the old one is not any more
  ./andon users disable LOGIN    no log-in, and no session any more within two seconds; users enable LOGIN
  ./andon users list [--json]
  ./andon keys add --partner P [--scopes A,B] [--expires DAYS] [--json]
                                 a key for the company P, shown once; A, B: orders:read, orders:write,
                                 models:write, events:read (all unless told)
  ./andon keys revoke ID         no node takes it any more within two seconds
  ./andon keys list [--json]
  ./andon jobs [--state S] [--kind K] [--json]
                                 the newest jobs; S: due, running, done, obsolete, dead; K: price, timer, let-go
  ./andon jobs redrive ID        start a dead job anew; --all [--kind K]: all that are dead
  ./andon rebuild VIEW [--site S]
                                 make a view anew from the log while all is up, and say what was wrong with it;
                                 VIEW: orders, boards (S: only that one), partner-events, flow, all
  ./andon backup DIR [--no-secrets]
                                 everything that can't be made again, while all is up; DIR may hold an older one
  ./andon restore DIR [--force]  a backup into this data folder, or where DATABASE_URL says, while nothing runs;
                                 --force: in place of what is there
  ./andon adopt                  take a database into use that came from elsewhere: restored by hand, or a standby
  ./andon migrate                bring the database of DATABASE_URL up to this version (up does it by itself)
  ./andon bench [NAME] [--json]  measure: turn, hot, rest, sockets, reads, growth, live, page or churn (half an
                                 hour); nothing = all but page and churn, shorter; live [PART ...]: only these parts
  ./andon version
  ./andon help

Environment: ANDON_PORT (8080), ANDON_HOST (127.0.0.1), ANDON_DATA (.andon in the checkout);
DATABASE_URL, DATABASE_ADMIN_URL, REDIS_URL, AMQP_URL for servers of your own instead of private ones
(AMQP_URL=none: no broker, work is found by looking).
All settings: docs/settings.md`;
