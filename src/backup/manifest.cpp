#include "backup/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crypto/digest.h"
#include "json/reader.h"
#include "json/writer.h"
#include "tenants/node.h"

namespace beffroi::backup {

namespace {

constexpr std::int64_t kForm = 2;  // 1: without upstream.key
constexpr std::size_t kMaxPathBytes = 1000, kMaxNameBytes = 255;
constexpr std::size_t kMaxManifestBytes = 256 << 20;

// The words between slashes.
std::vector<std::string_view> words_of(std::string_view path) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    words.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || name == "." || name == "..") return false;
  return std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\\' || c == 0x7f; });
}

std::string database_of(std::string_view node) { return fmt::format("communes/{}/commune.sqlite", node); }

Result<std::string> text_in(const json::Node& object, std::string_view name) {
  const json::Node member = BEFFROI_TRY(object.member(name));
  return member.text();
}

Result<std::int64_t> integer_in(const json::Node& object, std::string_view name) {
  const json::Node member = BEFFROI_TRY(object.member(name));
  return member.integer();
}

Result<Entry> read_entry(const json::Node& node) {
  BEFFROI_CHECK(node.only({"path", "bytes", "sha256"}));
  Entry entry;
  const json::Node path = BEFFROI_TRY(node.member("path"));
  entry.path = BEFFROI_TRY(path.text());
  if (!is_entry_path(entry.path) || entry.path == kManifest) return path.fault("ce fichier n’a pas sa place dans une sauvegarde");
  const json::Node bytes = BEFFROI_TRY(node.member("bytes"));
  entry.bytes = BEFFROI_TRY(bytes.integer());
  if (entry.bytes < 0) return bytes.fault("une taille était attendue");
  const json::Node hash = BEFFROI_TRY(node.member("sha256"));
  entry.sha256 = BEFFROI_TRY(hash.text());
  if (!crypto::is_sha256(entry.sha256)) return hash.fault("une empreinte SHA-256 était attendue");
  return entry;
}

Result<CorpusLine> read_corpus(const json::Node& node) {
  BEFFROI_CHECK(node.only({"id", "generation"}));
  CorpusLine line;
  line.id = BEFFROI_TRY(text_in(node, "id"));
  line.generation = BEFFROI_TRY(text_in(node, "generation"));
  return line;
}

Status check_files(const Manifest& manifest) {
  std::set<std::string_view> paths;
  for (const Entry& entry : manifest.files) {
    if (!paths.insert(entry.path).second)
      return fail(Code::bad_input, fmt::format("La sauvegarde nomme deux fois «\u00a0{}\u00a0».", entry.path));
  }
  if (!paths.contains(kInstallation)) return fail(Code::bad_input, "La sauvegarde ne contient pas la base de l’installation.");
  for (const std::string& node : manifest.nodes) {
    if (!tenants::is_node_id(node) || !paths.contains(database_of(node)))
      return fail(Code::bad_input, fmt::format("La sauvegarde ne contient pas la base de «\u00a0{}\u00a0».", node));
  }
  return {};
}

}  // namespace

bool is_entry_path(std::string_view path) {
  if (path.size() > kMaxPathBytes) return false;
  if (path == kManifest || path == kInstallation || path == kSecretKey || path == kUpstreamKey || path == kConfiguration) return true;
  const auto words = words_of(path);
  if (words.size() < 3 || !tenants::is_node_id(words[1]) || !std::all_of(words.begin(), words.end(), is_file_name)) return false;
  if (words[0] == "corpora") return words.size() == 3 && words[2] == "corpus.sqlite";
  if (words[0] != "communes") return false;
  return words.size() == 3 ? words[2] == "commune.sqlite" : words[2] == "files";
}

std::string to_json(const Manifest& manifest) {
  json::Writer out;
  out.begin_object().field("form", kForm).field("program", manifest.program).field("made_at_ms", manifest.made_at_ms);
  out.field("nodes", manifest.nodes).key("corpora").begin_array();
  for (const CorpusLine& corpus : manifest.corpora) {
    out.begin_object().field("id", corpus.id).field("generation", corpus.generation).end_object();
  }
  out.end_array().key("files").begin_array();
  for (const Entry& entry : manifest.files) {
    out.begin_object().field("path", entry.path).field("bytes", entry.bytes).field("sha256", entry.sha256).end_object();
  }
  out.end_array().end_object();
  return std::move(out).text();
}

Result<Manifest> read_manifest(std::string_view json) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(json, {.size_bytes = kMaxManifestBytes}));
  const json::Node root = document.root();
  if (BEFFROI_TRY(integer_in(root, "form")) > kForm) {
    return fail(Code::conflict, "Cette sauvegarde a été faite par une version plus récente de Beffroi\u00a0: mettez Beffroi à jour.");
  }
  BEFFROI_CHECK(root.only({"form", "program", "made_at_ms", "nodes", "corpora", "files"}));
  Manifest manifest;
  manifest.program = BEFFROI_TRY(text_in(root, "program"));
  manifest.made_at_ms = BEFFROI_TRY(integer_in(root, "made_at_ms"));
  const json::Node nodes = BEFFROI_TRY(root.member("nodes"));
  manifest.nodes = BEFFROI_TRY(nodes.texts());
  const json::Node corpora = BEFFROI_TRY(root.member("corpora"));
  for (std::size_t i = 0; i < corpora.size(); ++i) manifest.corpora.push_back(BEFFROI_TRY(read_corpus(corpora.at(i))));
  const json::Node files = BEFFROI_TRY(root.member("files"));
  for (std::size_t i = 0; i < files.size(); ++i) manifest.files.push_back(BEFFROI_TRY(read_entry(files.at(i))));
  BEFFROI_CHECK(check_files(manifest));
  return manifest;
}

}  // namespace beffroi::backup
