#include "http/assets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>

namespace beffroi::http {

namespace {

struct Forms {
  Reply plain, gzip;
  bool has_gzip = false;
};
using Assets = std::map<std::string, Forms, std::less<>>;

constexpr std::string_view kGzip = ".gz";

std::string_view content_type(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kTypes{{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& type) { return name.ends_with(type.first); });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

// FNV-1a: tells versions of a file apart; nobody gains by forging one.
std::uint64_t fingerprint(std::string_view content) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

// "index-Bx12ab9Z.js": eight characters between a dash and the extension, as the bundler writes them.
bool carries_hash(std::string_view name) {
  const std::string_view stem = name.substr(0, name.rfind('.'));
  return stem.size() > 9 && stem[stem.size() - 9] == '-';
}

Reply reply_of(std::string_view name, std::string_view content) {
  Reply reply;
  reply.content_type = content_type(name);
  reply.etag = fmt::format("\"{:016x}\"", fingerprint(content));
  reply.cache_control = carries_hash(name) ? "public, max-age=31536000, immutable" : "no-cache";
  reply.shared_body = std::make_shared<const std::string>(content);
  return reply;
}

Assets assets_of(const std::vector<AssetFile>& files) {
  Assets assets;
  for (const AssetFile& file : files) {
    const bool compressed = file.name.ends_with(kGzip);
    const std::string name = compressed ? file.name.substr(0, file.name.size() - kGzip.size()) : file.name;
    Forms& forms = assets[name];
    (compressed ? forms.gzip : forms.plain) = reply_of(name, file.content);
    forms.has_gzip = forms.has_gzip || compressed;
  }
  for (auto& [name, forms] : assets) {
    if (!forms.has_gzip) continue;
    forms.gzip.headers.emplace_back("Content-Encoding", "gzip");
    for (Reply* form : {&forms.plain, &forms.gzip}) form->headers.emplace_back("Vary", "Accept-Encoding");
  }
  return assets;
}

// « gzip » is named, and not with the weight 0 that refuses it.
bool takes_gzip(std::string_view accept_encoding) {
  const std::size_t at = accept_encoding.find("gzip");
  if (at == std::string_view::npos) return false;
  const std::string_view weight = accept_encoding.substr(at + 4, accept_encoding.find(',', at) - (at + 4));
  return weight.find("q=0") == std::string_view::npos || weight.find("q=0.") != std::string_view::npos;
}

}  // namespace

Route asset_route(const std::string& prefix, const std::vector<AssetFile>& files) {
  Route made;
  made.pattern = prefix + "/{file...}";
  made.handler = [assets = std::make_shared<const Assets>(assets_of(files))](const Request& request) {
    const auto found = assets->find(request.captured.value("file"));
    if (found == assets->end()) return refusal(problem_of(404));
    const bool compressed = found->second.has_gzip && takes_gzip(request.header("Accept-Encoding"));
    return compressed ? found->second.gzip : found->second.plain;
  };
  return made;
}

}  // namespace beffroi::http
