// beffroi.toml: what the administrator decides. Everything has a default that is safe on a small machine.
//
// Errors name the file, the line and what was expected. Unknown keys are refused: a misspelt key must not be silently ignored.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "llm/catalogue.h"
#include "people/oidc/settings.h"

namespace beffroi::app {

struct ServerConfig {
  std::string address = "127.0.0.1";  // deny by default: other machines reach it only when the administrator says so
  std::uint16_t port = 8080;
  std::filesystem::path tls_certificate, tls_key;  // PEM, with its chain; both or none: HTTPS by a certificate of one's own
  int io_threads = 1;                 // 1 or 2
  int handler_threads = 0;            // 0: four a core, 64 at most
  std::vector<std::string> proxies;   // addresses of the reverse proxies whose X-Forwarded-* headers are believed; empty: none
  bool https = false;                 // visitors reach it by HTTPS only, even when no proxy says so
};

// How long somebody stays signed in.
struct PeopleConfig {
  int session_idle_minutes = 120;     // without a request
  int session_hours = 12;             // whatever happens
};

// Where the databases are: files in the home folder, unless a PostgreSQL server is named.
struct StoreConfig {
  std::string postgres;                 // "postgresql://beffroi@machine/beffroi"; empty: SQLite
  std::filesystem::path password_file;  // holds the password and nothing else, readable by its owner only; empty: none
  int connections = 20;                 // kept to the server at most, by this process
};

struct CommuneConfig {
  std::string id = "demo";            // folder name under communes/: a-z, 0-9 and hyphens
  bool stated = false;                // the file names it
  std::string name = "Mairie de Beffroi-sur-Lys (commune de démonstration)";
  std::string telephone = "03 53 01 00 59";
  std::string address = "1 place du Beffroi, 59000 Beffroi-sur-Lys";
  std::string hours = "du lundi au vendredi, de 9 h à 12 h et de 14 h à 17 h";
  std::string url;
};

struct BaseConfig {
  std::vector<std::string> urls;      // addresses of DILA's zips; empty: no outgoing connection, files are given by hand
};

struct SearchConfig {
  bool semantic = true;               // use and compute vectors when the model is installed
};

// The engine at home, when its model is installed.
struct EngineConfig {
  std::string model = std::string(llm::kDefaultModel);  // of the catalogue; empty: none, even when one is installed
  int threads = 0;                    // 0: one a core, two at most; they spin, so never more than idle cores
  int context_tokens = 8192;          // shared by the requests under way
  int kept_memory_mb = 256;           // passages already read, kept in memory
  int kept_disk_mb = 1024;            // and on disk; 0: none
  int read_ahead = 8;                 // passages most asked for, read at a time while nobody asks anything; 0: none
  int slots = 4;                      // requests read together
  int max_waiting = 32;               // beyond: « occupé »
};

// A model served elsewhere by an OpenAI-compatible engine. Empty url: none, and no question leaves the machine.
struct UpstreamConfig {
  std::string url;                    // "https://albert.api.etalab.gouv.fr/v1"
  std::string model;                  // its name there
  std::filesystem::path
      key_file;     // holds the key and nothing else, readable by its owner only; empty: the one kept sealed (upstream_key.h), if any
  bool trusted_local = false;         // http accepted to that address: the administrator answers for the network between
  bool grammar = false;               // llama-server: it can be held to a grammar
};

// What the privacy gate does before the model of [upstream].
struct PrivacyConfig {
  bool upstream_refuses = false;      // "refuse": nothing that holds personal data leaves; "mask": it leaves under tokens
};

// Where /metrics is, and who may read it without a key.
struct MetricsConfig {
  std::vector<std::string> allow;     // addresses of machines; empty: nobody, a key with the right see_health is needed
  std::string address;                // of a door of its own, which this machine and `allow` read without a key; empty: none
  std::uint16_t port = 0;             // of that door
};

// The identity provider that agents may sign in with. No issuer: none, and nothing is asked of anybody.
struct OidcConfig {
  people::oidc::Settings settings;           // without the secret, which the file holds
  std::filesystem::path client_secret_file;  // the secret and nothing else, readable by its owner only; empty: a public client
};

struct Config {
  std::filesystem::path file;         // empty when none was found and defaults are used
  std::filesystem::path home;         // state: BEFFROI_HOME, else var/ beside the working folder
  std::filesystem::path deps;         // pinned pieces: BEFFROI_DEPS, else ~/.cache/beffroi/deps
  ServerConfig server;
  PeopleConfig people;
  StoreConfig store;
  CommuneConfig commune;
  BaseConfig base;
  SearchConfig search;
  EngineConfig engine;
  UpstreamConfig upstream;
  PrivacyConfig privacy;
  OidcConfig oidc;
  MetricsConfig metrics;
  std::vector<llm::CatalogueEntry> models = llm::built_in_models();  // and those of [[models]]

  [[nodiscard]] std::filesystem::path corpus_folder() const { return home / "corpora" / "vosdroits"; }
  [[nodiscard]] std::filesystem::path states_folder() const { return home / "cache" / "states"; }
  [[nodiscard]] std::filesystem::path models_folder() const { return home / "models"; }
};

// Reads `file`; when empty, $BEFFROI_CONFIG, then ./beffroi.toml when it exists, else the defaults.
[[nodiscard]] Result<Config> load_config(const std::filesystem::path& file);

}  // namespace beffroi::app
