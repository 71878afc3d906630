// For tests only: archives made in memory, and publications to put in them.
#pragma once

#include <zip.h>
#include <zlib.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "knowledge/element.h"

namespace beffroi::knowledge::testing {

using Files = std::vector<std::pair<std::string, std::string>>;  // path, content

inline std::string gzip(std::string_view bytes) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zlib, bytes.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  zlib.avail_in = static_cast<uInt>(bytes.size());
  zlib.next_out = reinterpret_cast<Bytef*>(out.data());
  zlib.avail_out = static_cast<uInt>(out.size());
  deflate(&zlib, Z_FINISH);
  out.resize(zlib.total_out);
  deflateEnd(&zlib);
  return out;
}

inline std::string tar(const Files& files) {
  std::string out;
  for (const auto& [path, content] : files) {
    std::array<char, 512> header{};
    std::memcpy(header.data(), path.data(), std::min<std::size_t>(path.size(), 100));
    std::snprintf(header.data() + 124, 12, "%011o", static_cast<unsigned>(content.size()));
    header[156] = '0';
    std::memcpy(header.data() + 257, "ustar", 5);
    unsigned sum = 8 * ' ';
    for (const char c : header) sum += static_cast<unsigned char>(c);
    std::snprintf(header.data() + 148, 8, "%06o", sum);
    out.append(header.data(), header.size()).append(content).append((512 - content.size() % 512) % 512, '\0');
  }
  return out.append(1024, '\0');
}

inline void write_tgz(const std::filesystem::path& path, const Files& files) {
  static_cast<void>(write_file_atomically(path, gzip(tar(files))));
}

inline void write_zip(const std::filesystem::path& path, const Files& files) {
  int fault = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &fault);
  for (const auto& [name, content] : files) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    zip_file_add(archive, name.c_str(), source, ZIP_FL_OVERWRITE);
  }
  zip_close(archive);
}

inline void write_folder(const std::filesystem::path& path, const Files& files) {
  for (const auto& [name, content] : files) {
    std::filesystem::create_directories((path / name).parent_path());
    static_cast<void>(write_file_atomically(path / name, content));
  }
}

inline std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else out += c;
  }
  return out;
}

// The tree as DILA would have written it.
inline std::string to_xml(const Element& element) {
  if (element.is_text()) return escaped(element.text);
  std::string out = "<" + std::string(element.name);
  for (const Attribute* at = element.attributes; at != nullptr; at = at->next) {
    out += " " + std::string(at->name) + "=\"" + escaped(at->value) + "\"";
  }
  out += ">";
  for (const Element& child : element) out += to_xml(child);
  return out + "</" + std::string(element.name) + ">";
}

struct Sample {
  std::string id = "F1";
  std::string title = "Carte d’identité";
  std::string date = "2020-10-01";
  std::string audience = "Particuliers";
  std::string content = "<Texte><Paragraphe>La carte est gratuite.</Paragraphe></Texte>";
  std::string type = "Fiche d'information";
};

inline std::string xml_of(const Sample& sample) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Publication xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ID=\"" + sample.id +
         "\" type=\"" + sample.type + "\" spUrl=\"https://www.service-public.fr/particuliers/vosdroits/" + sample.id + "\"><dc:title>" +
         sample.title + "</dc:title><dc:description>Description de " + sample.id + ".</dc:description><dc:date>modified " + sample.date +
         "</dc:date><SurTitre>Fiche pratique</SurTitre><Audience>" + sample.audience +
         "</Audience><Theme ID=\"N1\"><Titre>Papiers</Titre></Theme>" + sample.content + "</Publication>";
}

}  // namespace beffroi::knowledge::testing
