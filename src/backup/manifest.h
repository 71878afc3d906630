// What a backup says of itself, in its file manifest.json: who made it, when, and the size and hash of every other file in it.
//
//   manifest.json
//   installation.sqlite                 the tree of nodes
//   communes/<id>/commune.sqlite        everything that belongs to a node
//   communes/<id>/files/…               its files
//   corpora/<id>/corpus.sqlite          only when asked for
//   secret.key                          only when asked for
//   upstream.key                        the key of the model served elsewhere, sealed with secret.key, when there is one
//   beffroi.toml                        a copy, when there is one
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::backup {

inline constexpr std::string_view kManifest = "manifest.json";
inline constexpr std::string_view kInstallation = "installation.sqlite";
inline constexpr std::string_view kSecretKey = "secret.key";
inline constexpr std::string_view kUpstreamKey = "upstream.key";
inline constexpr std::string_view kConfiguration = "beffroi.toml";

struct Entry {
  std::string path;          // in the archive
  std::int64_t bytes = 0;
  std::string sha256;

  bool operator==(const Entry&) const = default;
};

struct CorpusLine {
  std::string id;
  std::string generation;

  bool operator==(const CorpusLine&) const = default;
};

struct Manifest {
  std::string program;           // its version
  std::int64_t made_at_ms = 0;   // since 1970, UTC
  std::vector<std::string> nodes;
  std::vector<CorpusLine> corpora;
  std::vector<Entry> files;

  bool operator==(const Manifest&) const = default;
};

// True for the names above and nothing else: no absolute path, no « .. », no second name for a file.
[[nodiscard]] bool is_entry_path(std::string_view path);

[[nodiscard]] std::string to_json(const Manifest& manifest);
// From outside. Code::bad_input: not a manifest, a path that is not one of ours or that comes twice, a node without its database;
// Code::conflict: of a later form than this program knows.
[[nodiscard]] Result<Manifest> read_manifest(std::string_view json);

}  // namespace beffroi::backup
