#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

#include <toml++/toml.h>

#include "app/toml/metrics.h"
#include "app/toml/oidc.h"
#include "app/toml/section.h"
#include "base/files.h"

namespace beffroi::app {

namespace {

constexpr std::uint64_t kMaxConfigBytes = 1 << 20;
constexpr std::int64_t kMaxModelBytes = 1LL << 43;  // 8 TiB

// [store]: where the databases are.
void read_store(const toml::table& root, const std::string& file, Status& status, StoreConfig& store) {
  Section section(root, "store", file, status);
  section.known({"postgres", "password_file", "connections"});
  section.read("postgres", store.postgres);
  const bool address = store.postgres.starts_with("postgresql://") || store.postgres.starts_with("postgres://");
  if (!store.postgres.empty() && !address) section.refuse_value("postgres", "une adresse «\u00a0postgresql://…\u00a0» était attendue");
  std::string password_file;
  section.read("password_file", password_file);
  store.password_file = password_file;
  section.read("connections", store.connections, 2, 1000);
}

// [commune]: the first one, and the one that serves under any name.
void read_commune(const toml::table& root, const std::string& file, Status& status, CommuneConfig& commune) {
  Section section(root, "commune", file, status);
  section.known({"id", "name", "telephone", "address", "hours", "url"});
  section.read("id", commune.id);
  if (!is_identifier(commune.id)) section.refuse_value("id", "des minuscules sans accent, des chiffres et des tirets étaient attendus");
  commune.stated = section.has("id");
  section.read("name", commune.name);
  section.read("telephone", commune.telephone);
  section.read("address", commune.address);
  section.read("hours", commune.hours);
  section.read("url", commune.url);
}

// [server]: the door.
void read_server(const toml::table& root, const std::string& file, Status& status, ServerConfig& config) {
  Section server(root, "server", file, status);
  server.known({"address", "port", "tls_certificate", "tls_key", "io_threads", "handler_threads", "proxies", "https"});
  server.read("address", config.address);
  server.read("port", config.port, 1, 65535);
  server.read("tls_certificate", config.tls_certificate);
  server.read("tls_key", config.tls_key);
  server.read("io_threads", config.io_threads, 1, 2);
  server.read("handler_threads", config.handler_threads, 0, 64);
  server.read("proxies", config.proxies);
  if (!std::all_of(config.proxies.begin(), config.proxies.end(), is_machine)) {
    server.refuse_value("proxies", "des adresses IP étaient attendues, comme \"127.0.0.1\"");
  }
  server.read("https", config.https);
}

// [engine]: the model at home.
void read_engine(const toml::table& root, const std::string& file, Status& status, EngineConfig& engine) {
  Section section(root, "engine", file, status);
  section.known({"model", "threads", "context_tokens", "kept_memory_mb", "kept_disk_mb", "read_ahead", "slots", "max_waiting"});
  section.read("model", engine.model);
  section.read("threads", engine.threads, 0, 256);
  section.read("context_tokens", engine.context_tokens, 2048, 1 << 20);
  section.read("kept_memory_mb", engine.kept_memory_mb, 0, 1 << 20);
  section.read("kept_disk_mb", engine.kept_disk_mb, 0, 1 << 24);
  section.read("read_ahead", engine.read_ahead, 0, 1000);
  section.read("slots", engine.slots, 1, 8);
  section.read("max_waiting", engine.max_waiting, 0, 1000);
}

// [upstream]: the model served elsewhere.
void read_upstream(const toml::table& root, const std::string& file, Status& status, UpstreamConfig& upstream) {
  Section section(root, "upstream", file, status);
  section.known({"url", "model", "key_file", "trusted_local", "grammar"});
  section.read("url", upstream.url);
  section.read("model", upstream.model);
  section.read("key_file", upstream.key_file);
  section.read("trusted_local", upstream.trusted_local);
  section.read("grammar", upstream.grammar);
}

// [privacy]: what may leave.
void read_privacy(const toml::table& root, const std::string& file, Status& status, PrivacyConfig& privacy) {
  Section section(root, "privacy", file, status);
  section.known({"upstream"});
  std::string upstream = "mask";
  section.read("upstream", upstream);
  if (upstream != "mask" && upstream != "refuse") section.refuse_value("upstream", "\"mask\" ou \"refuse\" était attendu");
  privacy.upstream_refuses = upstream == "refuse";
}

// [[models]]: the models that the administrator adds to the catalogue.
Status read_models(const toml::table& root, const std::string& file, std::vector<llm::CatalogueEntry>& models) {
  const toml::node* node = root.get("models");
  if (node == nullptr) return {};
  const auto at_line = [&file](const toml::node& at, std::string_view why) {
    return fail(Code::invalid_argument, fmt::format("{}, ligne {}\u00a0: {}", file, at.source().begin.line, why));
  };
  const toml::array* list = node->as_array();
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
    const toml::table* table = list->get(i)->as_table();
    if (table == nullptr) return at_line(*node, "[[models]] doit être une section répétée.");
    Status status;
    Section section(*table, "models", status, file);
    section.known({"id", "name", "url", "sha256", "size", "licence", "memory"});
    llm::CatalogueEntry model;
    section.read("id", model.id);
    section.read("name", model.name);
    section.read("url", model.url);
    section.read("sha256", model.sha256);
    section.read("size", model.size_bytes, 1, kMaxModelBytes);
    section.read("licence", model.licence);
    section.read("memory", model.memory_bytes, 0, kMaxModelBytes);
    BEFFROI_CHECK(status);
    if (const Status added = llm::add_model(models, std::move(model)); !added) return at_line(*table, added.error().message);
  }
  if (list == nullptr) return at_line(*node, "[[models]] doit être une section répétée.");
  return {};
}

Status read_tables(const toml::table& root, const std::string& file, Config& config) {
  Status status;
  for (const auto& [key, node] : root) {
    static constexpr std::string_view kSections[] = {"server", "people",   "store",   "commune", "base", "search",
                                                     "engine", "upstream", "privacy", "models",  "oidc", "metrics"};
    if (std::find(std::begin(kSections), std::end(kSections), key.str()) == std::end(kSections)) {
      return fail(Code::invalid_argument,
                  fmt::format("{}, ligne {}\u00a0: la section «\u00a0{}\u00a0» n’existe pas (sections possibles\u00a0: {}).", file,
                              node.source().begin.line, key.str(), fmt::join(kSections, ", ")));
    }
  }
  read_server(root, file, status, config.server);

  Section people(root, "people", file, status);
  people.known({"session_idle_minutes", "session_hours"});
  people.read("session_idle_minutes", config.people.session_idle_minutes, 5, 24 * 60);
  people.read("session_hours", config.people.session_hours, 1, 7 * 24);

  read_store(root, file, status, config.store);
  read_commune(root, file, status, config.commune);

  Section base(root, "base", file, status);
  base.known({"urls"});
  base.read("urls", config.base.urls);

  Section search(root, "search", file, status);
  search.known({"semantic"});
  search.read("semantic", config.search.semantic);

  read_engine(root, file, status, config.engine);
  read_upstream(root, file, status, config.upstream);
  read_privacy(root, file, status, config.privacy);
  read_oidc(root, file, status, config);
  read_metrics(root, file, status, config);
  BEFFROI_CHECK(status);
  return read_models(root, file, config.models);
}

std::filesystem::path from_environment(const char* name, const std::filesystem::path& otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? std::filesystem::path(value) : otherwise;
}

Result<toml::table> parse(const std::string& content, const std::string& name) {
  try {
    return toml::parse(content, name);
  } catch (const toml::parse_error& fault) {
    return fail(Code::invalid_argument,
                fmt::format("{}, ligne {}\u00a0: l’écriture n’est pas du TOML valide.", name, fault.source().begin.line),
                std::string(fault.description()));
  }
}

}  // namespace

Result<Config> load_config(const std::filesystem::path& file) {
  Config config;
  config.home = from_environment("BEFFROI_HOME", "var");
  config.deps = from_environment("BEFFROI_DEPS", from_environment("HOME", "/root") / ".cache" / "beffroi" / "deps");
  config.file = file.empty() ? from_environment("BEFFROI_CONFIG", "") : file;
  if (config.file.empty()) {
    std::error_code ignored;
    if (!std::filesystem::exists("beffroi.toml", ignored)) return config;
    config.file = "beffroi.toml";
  }
  const std::string content = BEFFROI_TRY(read_file(config.file, kMaxConfigBytes));
  const std::string name = config.file.filename().string();
  const toml::table root = BEFFROI_TRY(parse(content, name));
  BEFFROI_CHECK(read_tables(root, name, config));
  return config;
}

}  // namespace beffroi::app
