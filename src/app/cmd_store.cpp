// beffroi store move: the installation's data from files to PostgreSQL, or back.
#include <fmt/format.h>

#include <numeric>

#include "app/commands.h"
#include "app/console.h"
#include "app/installation.h"
#include "app/store_commands.h"
#include "app/tables.h"
#include "backup/move.h"
#include "json/writer.h"

namespace beffroi::app {

namespace {

bool is_server(const std::string& to) { return to.starts_with("postgresql://") || to.starts_with("postgres://"); }

Result<tenants::Storage> target_of(const Config& config, const StoreMoveOptions& options) {
  Config target = config;
  target.store.postgres = is_server(options.to) ? options.to : "";
  target.store.password_file = options.password_file;
  if (!is_server(options.to)) target.home = options.to;
  return storage_of(target);
}

std::int64_t rows_of(const backup::Moved& moved) {
  return std::accumulate(moved.tables.begin(), moved.tables.end(), std::int64_t{0},
                         [](std::int64_t sum, const backup::TableState& table) { return sum + table.rows; });
}

void print(const backup::Moved& moved) {
  fmt::print("{}\u00a0: {} tables, {} lignes, égales des deux côtés{}\n", moved.database, moved.tables.size(), rows_of(moved),
             moved.was_there ? " (déjà là)" : "");
}

std::string to_json(const std::vector<backup::Moved>& report) {
  json::Writer out;
  out.begin_object().key("databases").begin_array();
  for (const backup::Moved& moved : report) {
    out.begin_object().field("database", moved.database).field("was_there", moved.was_there).key("tables").begin_array();
    for (const backup::TableState& table : moved.tables) {
      out.begin_object().field("table", table.table).field("rows", table.rows).field("sha256", table.sha256).end_object();
    }
    out.end_array().end_object();
  }
  return std::move(out.end_array().end_object()).text();
}

Status move(const Config& config, const StoreMoveOptions& options) {
  tenants::Opening opening = opening_of(config, BEFFROI_TRY(storage_of(config)));
  opening.alone = true;
  const auto directory = BEFFROI_TRY(tenants::Directory::open(std::move(opening)));
  const tenants::Storage target = BEFFROI_TRY(target_of(config, options));
  const auto tell = [&](const backup::Moved& moved) {
    if (!options.json) print(moved);
  };
  const auto report = BEFFROI_TRY(backup::move_store(*directory, target, commune_tables(), tell));
  if (options.json) fmt::print("{}\n", to_json(report));
  else if (target.postgres) fmt::print("Inscrivez maintenant l’adresse dans beffroi.toml, section [store], puis redémarrez le service.\n");
  else
    fmt::print("Retirez maintenant [store] postgres de beffroi.toml (BEFFROI_HOME\u00a0: {}), puis redémarrez le service.\n", options.to);
  return {};
}

}  // namespace

int run_store_move(const Config& config, const StoreMoveOptions& options) {
  const Status done = move(config, options);
  return done ? kDone : say_fault(done.error());
}

}  // namespace beffroi::app
