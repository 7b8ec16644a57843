#!/usr/bin/env bash
# A Neo4j Community for tests, from Maven Central jars, on loopback only. Needs mvn; Java 21 or newer, or the embedded store's.
#   dev/neo4j.sh start [FOLDER [PORT]]   prints its URL once it answers; one that runs already is kept
#   dev/neo4j.sh stop  [FOLDER]
#   dev/neo4j.sh url   [FOLDER [PORT]]
#   dev/neo4j.sh java                    which Java it takes
# FOLDER holds the data; the jars lie in the cache folder. NEO4J_PASSWORD: chain-test unless set.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zhenlian-neo4j
folder=${2:-$cache/data}
port=${3:-$(cat "$folder/port" 2>/dev/null || echo 7687)}
password=${NEO4J_PASSWORD:-chain-test}
url=bolt://neo4j:$password@127.0.0.1:$port
jars=$cache/jars-$(sed -n 's:.*<neo4j>\(.*\)</neo4j>.*:\1:p' "$here/pom.xml")

java21() {
  local java version
  for java in "${JAVA_HOME:-}/bin/java" $(type -aP java) /usr/lib/jvm/*/bin/java /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java; do
    [ -x "$java" ] || continue
    version=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
    [ "${version:-0}" -ge 21 ] && { echo "$java"; return; }
  done
  # none here: the one inside the arcadedb-embedded wheel, where this system has that wheel
  java=$("$here/uv.sh" run --locked --quiet python -c \
    'import importlib.util as u; s = u.find_spec("arcadedb_embedded"); s and print(s.submodule_search_locations[0])')/jre/bin/java
  [ -x "$java" ] && { echo "$java"; return; }
  echo "Neo4j needs a Java of 21 or newer: install one, or set JAVA_HOME." >&2
  return 1
}

download() {  # a run that was cut short leaves only a .part folder
  [ -d "$jars" ] && return
  type -P mvn >/dev/null || { echo "Neo4j's jars come with mvn (Maven): install it." >&2; return 1; }
  mkdir -p "$cache"
  local part=$jars.part.$$
  mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$part" >&2
  mv "$part" "$jars"
}

open() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
answers() { "$here/uv.sh" run --locked --quiet python "$here/neo4j_login.py" "$url" "$@"; }
running() { [ -f "$folder/pid" ] && kill -0 "$(cat "$folder/pid")" 2>/dev/null; }

start() {
  if open; then  # ours or not: what counts is that it answers
    answers && { echo "$url"; return; }
    running || { echo "Port $port is taken by a server that refuses $url: give another port." >&2; return 1; }
  fi
  local java; java=$(java21)
  download
  mkdir -p "$folder"/home/{conf,data,logs,plugins,import,run}
  folder=$(cd "$folder" && pwd)
  cat > "$folder/home/conf/neo4j.conf" <<CONF
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:$port
server.http.enabled=false
server.https.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=256m
dbms.usage_report.enabled=false
CONF
  if ! running; then
    nohup "$java" -Xmx512m --add-opens=java.base/{java.nio,java.io,sun.nio.ch,java.util.concurrent}=ALL-UNNAMED \
      --enable-native-access=ALL-UNNAMED -cp "$jars/*" org.neo4j.server.Neo4jCommunity \
      --home-dir="$folder/home" --config-dir="$folder/home/conf" >"$folder/out.log" 2>&1 </dev/null &
    echo $! >"$folder/pid"
    echo "$port" >"$folder/port"
  fi
  for _ in $(seq 240); do
    open && break
    running || { tail -n 20 "$folder/out.log" >&2; return 1; }
    sleep 0.5
  done
  answers --first && echo "$url"
}

stop() {
  running || { rm -f "$folder/pid"; return 0; }
  local pid; pid=$(cat "$folder/pid")
  kill "$pid"
  for _ in $(seq 60); do kill -0 "$pid" 2>/dev/null || break; sleep 0.5; done
  ! kill -0 "$pid" 2>/dev/null || kill -9 "$pid"
  rm -f "$folder/pid"
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  url) echo "$url" ;;
  java) java21 ;;
  *) sed -n '2,7s/^# //p' "$0" >&2; exit 2 ;;
esac
