// beffroi backup | restore: the whole installation in one file, and back.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "app/commands.h"
#include "app/console.h"
#include "app/installation.h"
#include "app/store_commands.h"
#include "app/tables.h"
#include "app/upstream_key.h"
#include "backup/make.h"
#include "backup/restore.h"
#include "json/writer.h"
#include "knowledge/dates.h"
#include "knowledge/store.h"

namespace beffroi::app {

namespace {

std::string day_and_time(std::int64_t at_ms) { return knowledge::utc_now(knowledge::Clock::time_point(std::chrono::milliseconds(at_ms))); }

std::vector<backup::CorpusAtHand> corpora_of(const Config& config) {
  auto store = knowledge::Store::open(config.corpus_folder(), db::Access::read_only);
  if (!store) return {};  // not imported, or by another version: it is made again by an import
  const auto info = store->info();
  return info ? std::vector<backup::CorpusAtHand>{{std::string(kSharedCorpus), config.corpus_folder(), info->generation}}
              : std::vector<backup::CorpusAtHand>{};
}

backup::BackupOptions options_of(const Config& config, const BackupCommandOptions& options) {
  backup::BackupOptions backup;
  backup.out = options.out;
  backup.program = BEFFROI_VERSION;
  backup.configuration = config.file;
  backup.corpora = corpora_of(config);
  backup.with_corpora = options.with_corpora;
  backup.with_secret = options.with_secret;
  backup.tables = commune_tables();
  return backup;
}

void write(json::Writer& out, const tenants::BackupMade& made) {
  out.begin_object().field("file", made.file).field("made_at", day_and_time(made.at_ms)).field("bytes", made.bytes);
  out.field("sha256", made.sha256).end_object();
}

Status make(const Config& config, const BackupCommandOptions& options) {
  const auto directory = BEFFROI_TRY(open_directory(config));
  const tenants::BackupMade made = BEFFROI_TRY(backup::make_backup(*directory, options_of(config, options)));
  if (options.json) {
    json::Writer out;
    write(out, made);
    fmt::print("{}\n", out.text());
    return {};
  }
  fmt::print("Sauvegarde faite\u00a0: {} ({}\u00a0ko, SHA-256 {}).\n", made.file, (made.bytes + 1023) / 1024, made.sha256);
  if (options.with_secret) fmt::print("Elle contient la clé des secrets\u00a0: qui la détient peut tout ouvrir, gardez-la sous clé.\n");
  else fmt::print("Elle ne contient pas la clé des secrets (secret.key)\u00a0: gardez-en une copie à part.\n");
  return {};
}

Status list(const Config& config, const BackupCommandOptions& options) {
  const auto directory = BEFFROI_TRY(open_directory(config));
  json::Writer out;
  out.begin_object().key("backups").begin_array();
  for (const tenants::BackupMade& made : BEFFROI_TRY(directory->backups())) {
    if (options.json) write(out, made);
    else fmt::print("{}  {}  {}\u00a0ko\n", day_and_time(made.at_ms), made.file, (made.bytes + 1023) / 1024);
  }
  if (options.json) fmt::print("{}\n", out.end_array().end_object().text());
  return {};
}

bool holds_upstream_key(const backup::Manifest& manifest) {
  return std::any_of(manifest.files.begin(), manifest.files.end(),
                     [](const backup::Entry& entry) { return entry.path == backup::kUpstreamKey; });
}

Status put_back(const Config& config, const RestoreCommandOptions& options) {
  const backup::RestoreOptions wish{options.from, BEFFROI_TRY(storage_of(config)), commune_tables(), options.replace};
  const backup::Restored restored = BEFFROI_TRY(backup::restore(wish));
  const std::string of_key = upstream_key_after_restore(config, holds_upstream_key(restored.manifest));
  if (options.json) {
    json::Writer out;
    out.begin_object().field("made_at", day_and_time(restored.manifest.made_at_ms)).field("program", restored.manifest.program);
    out.field("nodes", restored.manifest.nodes).field("rows", restored.rows).field("former", restored.former.string());
    out.field("former_schemas", restored.former_schemas).field("upstream_key", of_key).end_object();
    fmt::print("{}\n", out.text());
    return {};
  }
  fmt::print("Sauvegarde du {} restaurée\u00a0: {} communes et syndicats, {} lignes.\n", day_and_time(restored.manifest.made_at_ms),
             restored.manifest.nodes.size(), restored.rows);
  if (!restored.former.empty()) fmt::print("L’état précédent est gardé dans {}.\n", restored.former.string());
  if (!restored.former_schemas.empty()) fmt::print("Les schémas précédents sont gardés, leur nom finit par {}.\n", restored.former_schemas);
  if (restored.has_configuration) fmt::print("Le beffroi.toml d’alors est dans {}.\n", (config.home / "restored-beffroi.toml").string());
  if (!of_key.empty()) fmt::print("{}\n", of_key);
  return {};
}

int said(const Status& done) { return done ? kDone : say_fault(done.error()); }

}  // namespace

int run_backup(const Config& config, const BackupCommandOptions& options) {
  return said(options.list ? list(config, options) : make(config, options));
}

int run_restore(const Config& config, const RestoreCommandOptions& options) { return said(put_back(config, options)); }

}  // namespace beffroi::app
