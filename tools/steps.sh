# Steps shared by tools/setup and tools/test. Each step_… function does one thing, does nothing when it is already done,
# and needs the network only when something is missing. Sourced, never run.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit
BEFFROI_DEPS=$(realpath -m "${BEFFROI_DEPS:-$HOME/.cache/beffroi/deps}")
export BEFFROI_DEPS
export CCACHE_DIR=${CCACHE_DIR:-$HOME/.cache/ccache}
export CCACHE_BASEDIR=$ROOT CCACHE_NOHASHDIR=1 # two clones share what was compiled
JOBS=${JOBS:-$(nproc)}
PROGRAM=$ROOT/build/release/beffroi
STAMPS=$ROOT/build/stamps

die() {
  printf 'Erreur : %s\n' "$*" >&2
  exit 1
}

say() { printf '  %s\n' "$*"; }

# run_steps NAME… : « [2/7] Title », then step_NAME.
run_steps() {
  local number=0 name started
  for name in "$@"; do
    number=$((number + 1))
    started=$SECONDS
    printf '[%d/%d] %s\n' "$number" "$#" "${TITLES[$name]}"
    "step_$name"
    ((SECONDS - started < 2)) || say "fait en $((SECONDS - started)) s"
  done
}

declare -A TITLES=(
  [packages]="Paquets Debian"
  [tools]="Versions des outils"
  [deps]="Pièces épinglées (third_party/deps.lock)"
  [engine]="Moteur des modèles de langue (llama.cpp, quelques minutes la première fois)"
  [ui]="Interface web"
  [configure]="Préparation de la compilation"
  [compile]="Compilation (Release)"
  [model]="Modèle de langue (1,1 Go, facultatif : BEFFROI_MODEL=no s’en passe)"
  [import]="Base officielle « Vos droits et démarches »"
)

# ---- Debian packages ------------------------------------------------------------------------

packages_of() { # GROUP… : the names in these groups of tools/apt-packages.txt
  awk -v wanted=" $* " '/^\[/ { group = substr($1, 2, length($1) - 2); next }
    NF && !/^#/ && index(wanted, " " group " ") { print $1 }' tools/apt-packages.txt
}

install_packages() { # GROUP…
  local missing=() package as_root=()
  command -v dpkg-query >/dev/null || die "Beffroi se construit sur Debian 12 ; installez l’équivalent de : $(packages_of "$@" | xargs)"
  for package in $(packages_of "$@"); do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  if ((${#missing[@]} == 0)); then
    say "tous présents"
    return
  fi
  say "à installer : ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "il manque des paquets et ce compte n’a pas sudo ; en administrateur : apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  apt_install "${missing[@]}" || {
    "${as_root[@]}" apt-get -qq update || true # fresh machine, or lists too old
    apt_install "${missing[@]}" || {
      tail -n 5 build/apt.log >&2
      die "apt n’a pas pu installer ces paquets (journal : build/apt.log) ; en administrateur : apt-get install --no-install-recommends ${missing[*]}"
    }
  }
}

apt_install() { # uses as_root of the caller; --no-remove: never take away what the machine uses
  mkdir -p build
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1 -o Acquire::http::Timeout=20 \
    install --no-install-recommends --no-remove "$@" >build/apt.log 2>&1 </dev/null
}

step_packages() { install_packages build; }

# ---- versions -------------------------------------------------------------------------------

# at_least FOUND WANTED
at_least() { [[ $(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1) == "$2" ]]; }

step_tools() {
  local boost version
  boost=$(sed -n 's/^#define BOOST_LIB_VERSION "\(.*\)"/\1/p' /usr/include/boost/version.hpp 2>/dev/null || true)
  [[ $boost == 1_81 ]] || die "Boost 1.81 est nécessaire et /usr/include/boost contient « ${boost:-rien} » : installez libboost1.81-dev (un autre paquet, par exemple libasio-dev, a pu le remplacer)"
  { command -v node && command -v npm; } >/dev/null || die "Node.js 20 et npm sont nécessaires et introuvables"
  version=$(node --version)
  at_least "${version#v}" 20.0.0 || die "Node.js 20 ou plus récent est nécessaire (trouvé : $version)"
  version=$(python3 -c 'import platform; print(platform.python_version())')
  at_least "$version" 3.11 || die "Python 3.11 ou plus récent est nécessaire (trouvé : $version)"
  version=$(g++ -dumpfullversion)
  at_least "$version" 12 || die "g++ 12 ou plus récent est nécessaire (trouvé : $version)"
  version=$(cmake --version | sed -n '1s/[^0-9]*//p')
  at_least "$version" 3.25 || die "CMake 3.25 ou plus récent est nécessaire (trouvé : $version)"
  say "conformes"
}

# ---- third parties --------------------------------------------------------------------------

step_deps() { tools/deps fetch; }
step_engine() { tools/build_llama; }

# ---- web page -------------------------------------------------------------------------------

# hash_of FOLDER : one hash of every file of a folder, what is installed or built in it excepted
hash_of() {
  find "$1" \( -name node_modules -o -name dist \) -prune -o -type f ! -name '*.tsbuildinfo' -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

# stamped NAME HASH : whether this very content was already dealt with
stamped() { [[ -f $STAMPS/$1 && $(<"$STAMPS/$1") == "$2" ]]; }
stamp() { mkdir -p "$STAMPS" && printf '%s' "$2" >"$STAMPS/$1"; }

# npm_install FOLDER : the locked packages, once per lock
npm_install() {
  local name lock
  name=npm-${1//\//-}
  lock=$(cat "$1/package.json" "$1/package-lock.json" | sha256sum)
  if [[ -d $1/node_modules ]] && stamped "$name" "$lock"; then return; fi
  say "paquets npm de $1 …"
  npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund --silent --fetch-retries=2 </dev/null ||
    die "npm n’a pas pu installer les paquets de $1 (réseau absent ?) : npm --prefix $1 ci"
  stamp "$name" "$lock"
}

step_ui() {
  local sources
  npm_install ui
  sources=$(hash_of ui)
  if [[ -f ui/dist/index.html ]] && stamped ui-dist "$sources"; then
    say "à jour"
    return
  fi
  npm --prefix ui run --silent build </dev/null || die "la construction de l’interface a échoué : npm --prefix ui run build"
  stamp ui-dist "$sources"
}

# ---- program --------------------------------------------------------------------------------

step_configure() {
  local wish
  wish=$(cat CMakePresets.json cmake/*.cmake CMakeLists.txt <(printf '%s' "$BEFFROI_DEPS") | sha256sum)
  if [[ -f build/release/build.ninja ]] && stamped configure "$wish"; then
    say "à jour"
    return
  fi
  cmake --preset release -D BEFFROI_DEPS="$BEFFROI_DEPS" >build/configure.log 2>&1 || {
    tail -n 20 build/configure.log >&2
    die "CMake n’a pas pu préparer la compilation (journal : build/configure.log)"
  }
  stamp configure "$wish"
}

step_compile() {
  cmake --build --preset release --parallel "$JOBS" --target beffroi || die "la compilation a échoué : le premier message d’erreur est ci-dessus"
}

step_import() {
  "$PROGRAM" import vosdroits
  # Titles and introductions only: the server computes the passages in the background.
  "$PROGRAM" import vectors --titles-only
}

# ---- language model -------------------------------------------------------------------------

# Cut short, it goes on where it stopped. Without network or room it says so and leaves the rest to run: everything but the
# rewording works without a model.
step_model() {
  local log=build/model.log
  if [[ ${BEFFROI_MODEL:-yes} == no ]]; then
    say "laissé de côté"
    return
  fi
  if "$PROGRAM" models install 2>"$log"; then return; fi # already there, or its pieces are
  if ! tools/deps fetch-group model 2>"$log"; then
    printf '\n' # it stopped in the middle of a line
  elif "$PROGRAM" models install; then
    tools/deps drop-group model
    return
  fi
  say "modèle non installé (réseau absent, disque plein ?) : Beffroi marche sans lui ; relancez plus tard (journal : $log)"
}
