/**
 * What root runs to install packages, given as arguments. Debian starts what it installs: a policy that forbids it stands
 * while apt works, unless the machine has one of its own, and RUNLEVEL=1 says the same to init scripts. PostgreSQL would
 * also make a cluster of the system's own, and the services would start with the next boot (with RabbitMQ, Erlang's port
 * mapper on all addresses too): all are turned off, for what was installed here only. On SIGTERM apt gets SIGHUP: it ends while it downloads, and finishes what it unpacks.
 */
export const APT_SCRIPT = `set -e
policy=/usr/sbin/policy-rc.d; made=
clusters=/etc/postgresql-common/createcluster.conf; kept=; apt=; epmd=
packages=$*
tidy() {
  for package in $packages; do
    [ ! -e "/etc/init.d/$package" ] || update-rc.d "$package" disable || true
  done
  [ -z "$epmd" ] || systemctl disable epmd.service epmd.socket || true
  [ -z "$made" ] || rm -f "$policy"
  [ -z "$kept" ] || mv -f "$clusters.andon" "$clusters"
}
end() {
  [ -z "$apt" ] || { kill -HUP "$apt" && wait "$apt"; } || true
  exit 143
}
trap tidy EXIT
trap end INT TERM HUP
if [ ! -e "$policy" ]; then
  made=1
  printf '#!/bin/sh\\nexit 101\\n' >"$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
run() { apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" & apt=$!; wait "$apt"; apt=; }
get() { run install -y --no-install-recommends "$@"; }
run update
case " $* " in
  *' rabbitmq-server '*) [ -e /usr/bin/epmd ] || epmd=1 ;;
esac
case " $* " in
  *' postgresql '*)
    get postgresql-common
    if [ -f "$clusters" ]; then
      cp -p "$clusters" "$clusters.andon"
      kept=1
      printf '\\ncreate_main_cluster = false\\n' >>"$clusters"
    fi ;;
esac
get "$@"
`;
