#include "app/installation.h"

#include <fmt/format.h>

#include "app/secret_file.h"
#include "app/tables.h"

namespace beffroi::app {

namespace {

bool stands_as_is(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
}

// As libpq reads it in an address.
std::string in_address(std::string_view text) {
  std::string out;
  for (const char c : text) out += stands_as_is(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return out;
}

}  // namespace

Result<tenants::Storage> storage_of(const Config& config) {
  tenants::Storage storage{config.home, {}};
  if (config.store.postgres.empty()) return storage;
  db::Server server{config.store.postgres, config.store.connections};
  if (!config.store.password_file.empty()) {
    const std::string password = BEFFROI_TRY(read_secret_file(config.store.password_file));
    server.url += (server.url.find('?') == std::string::npos ? "?password=" : "&password=") + in_address(password);
  }
  storage.postgres = std::move(server);
  return storage;
}

tenants::Opening opening_of(const Config& config, tenants::Storage storage) {
  tenants::Opening opening;
  opening.storage = std::move(storage);
  opening.tables = commune_tables();
  opening.counted = commune_counts();
  opening.commune.id = config.commune.id;
  opening.commune.stated = config.commune.stated;
  opening.commune.town_hall = {config.commune.name, config.commune.telephone, config.commune.address, config.commune.hours,
                               config.commune.url};
  return opening;
}

Result<std::shared_ptr<tenants::Directory>> open_directory(const Config& config) {
  return tenants::Directory::open(opening_of(config, BEFFROI_TRY(storage_of(config))));
}

}  // namespace beffroi::app
