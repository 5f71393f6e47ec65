export const HELP = `Andon: the live order backbone for made-to-order manufacturers.

  ./andon up [-d] [--nodes N]    start everything and show where it is; -d: in the background
                                 --nodes N: N web nodes behind nginx
  ./andon down                   end exactly what up started
  ./andon status [--json]        what runs; exit code 0 only when all is ready
  ./andon test [WHAT ...]        WHAT: unit, int, e2e, web or a file; nothing = all
  ./andon logs [-f] [NAME]       NAME: web, web-1, worker, keeper, postgres, redis, nginx, supervisor ...
  ./andon users add --role R [--site S] [--count N] [--limit L] [--json]
                                 R: buyer, operator, packer, quality, supervisor, crm, engineer, carrier
                                 L: most orders such an operator holds at once
  ./andon bench [NAME]           measure
  ./andon help

Environment: ANDON_PORT (8080), ANDON_HOST (127.0.0.1), ANDON_DATA (.andon in the checkout);
DATABASE_URL, DATABASE_ADMIN_URL, REDIS_URL for servers of your own instead of private ones.
All settings: docs/settings.md`;
