#include "http/assets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>

#include "base/files.h"

namespace beffroi::http {

namespace {

using Files = std::map<std::string, Reply, std::less<>>;

std::string content_type(const std::filesystem::path& file) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".map", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  const std::string extension = file.extension().string();
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return type.first == extension; });
  return std::string(found == kTypes.end() ? "application/octet-stream" : found->second);
}

// FNV-1a: tells versions of a file apart; nobody gains by forging one.
std::uint64_t fingerprint(std::string_view content) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// "app-Bx12ab9Z.js": eight characters between the last dash and the extension, as the bundler writes them.
bool carries_hash(const std::filesystem::path& file) {
  const std::string stem = file.stem().string();
  return stem.size() > 9 && stem[stem.size() - 9] == '-';
}

Result<Files> load(const std::filesystem::path& folder) {
  Files files;
  std::size_t total = 0;
  std::error_code fault;
  if (!std::filesystem::is_directory(folder, fault)) {
    return fail(Code::not_found, fmt::format("Le dossier «\u00a0{}\u00a0» de l’interface n’existe pas.", folder.string()));
  }
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, fault); !fault && entry != std::filesystem::end(entry);
       entry.increment(fault)) {
    std::error_code unreadable;
    if (!entry->is_regular_file(unreadable)) continue;
    Reply reply;
    std::string content = BEFFROI_TRY(read_file(entry->path(), kAssetsLimitBytes - total));
    total += content.size();
    reply.content_type = content_type(entry->path());
    reply.etag = fmt::format("\"{:016x}\"", fingerprint(content));
    reply.cache_control = carries_hash(entry->path()) ? "public, max-age=31536000, immutable" : "no-cache";
    reply.shared_body = std::make_shared<const std::string>(std::move(content));
    files.emplace(entry->path().lexically_relative(folder).generic_string(), std::move(reply));
  }
  if (fault) {
    return fail(Code::unavailable, fmt::format("Le dossier «\u00a0{}\u00a0» de l’interface n’a pas pu être lu.", folder.string()),
                fault.message());
  }
  return files;
}

}  // namespace

Status serve_assets(Router& router, const std::string& prefix, const std::filesystem::path& folder) {
  const auto files = std::make_shared<const Files>(BEFFROI_TRY(load(folder)));
  router.get(prefix + "/{file...}", [files](const Request& request) {
    const auto found = files->find(request.captured.value("file"));
    return found == files->end() ? refusal(problem_of(404)) : found->second;
  });
  return {};
}

}  // namespace beffroi::http
