#include "app/upstream_key.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/files.h"
#include "crypto/seal.h"
#include "net/address.h"

namespace beffroi::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxKeyBytes = 16 << 10;

fs::path sealed_file(const Config& config) { return config.home / "upstream.key"; }
fs::path secret_file(const Config& config) { return config.home / "secret.key"; }

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

// A key kept for one address is not given to another.
Result<std::string> purpose_of(const UpstreamConfig& upstream) {
  const auto trust = upstream.trusted_local ? net::Trust::trusted_local : net::Trust::https_only;
  const net::Address address = BEFFROI_TRY(net::parse_address(upstream.url, trust));
  return fmt::format("upstream key for {}://{}", address.encrypted ? "https" : "http", address.place);
}

std::string_view without_end_of_line(std::string_view text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

Result<std::string> named_key(const fs::path& file) {
  struct stat info{};
  if (::stat(file.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(
        Code::invalid_argument,
        fmt::format("Le fichier de clé «\u00a0{}\u00a0» est lisible par d’autres que son propriétaire\u00a0: chmod 600.", file.string()));
  }
  const std::string content = BEFFROI_TRY(read_file(file, kMaxKeyBytes));
  return std::string(without_end_of_line(content));
}

}  // namespace

Result<std::string> upstream_key(const Config& config) {
  if (!config.upstream.key_file.empty()) return named_key(config.upstream.key_file);
  if (!is_there(sealed_file(config))) return std::string();
  if (!is_there(secret_file(config))) {  // a new one would open nothing
    return fail(Code::not_found,
                fmt::format("«\u00a0{}\u00a0», qui ouvre la clé du modèle distant, n’est pas là\u00a0: remettez celui de la sauvegarde, ou "
                            "rangez la clé à nouveau («\u00a0beffroi models key set\u00a0»).",
                            secret_file(config).string()));
  }
  const auto sealer = BEFFROI_TRY(crypto::Sealer::open(secret_file(config)));
  const std::string sealed = BEFFROI_TRY(read_file(sealed_file(config), 2 * crypto::kMaxSealedBytes));
  auto key = sealer.unseal(without_end_of_line(sealed), BEFFROI_TRY(purpose_of(config.upstream)));
  if (key) return key;
  return fail(
      Code::bad_input,
      "La clé du modèle distant ne s’ouvre pas\u00a0: elle a été rangée pour une autre adresse ou avec un autre «\u00a0secret.key\u00a0»\u00a0; "
      "rangez-la à nouveau («\u00a0beffroi models key set\u00a0»).",
      key.error().detail);
}

Status keep_upstream_key(const Config& config, std::string_view key) {
  if (config.upstream.url.empty()) {
    return fail(Code::invalid_argument, "Écrivez d’abord l’adresse du modèle distant dans beffroi.toml\u00a0: [upstream] url.");
  }
  if (!config.upstream.key_file.empty()) {
    return fail(Code::invalid_argument,
                "beffroi.toml nomme déjà un fichier de clé\u00a0: retirez la ligne key_file de [upstream], puis recommencez.");
  }
  key = without_end_of_line(key);
  if (key.empty() || key.size() > kMaxKeyBytes || !std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; })) {
    return fail(Code::invalid_argument, "Une clé s’écrit sur une ligne, sans espace ni accent\u00a0: rien n’a été rangé.");
  }
  const std::string purpose = BEFFROI_TRY(purpose_of(config.upstream));
  std::error_code ignored;
  fs::create_directories(config.home, ignored);
  const auto sealer = BEFFROI_TRY(crypto::Sealer::open(secret_file(config)));
  return write_file_atomically(sealed_file(config), BEFFROI_TRY(sealer.seal(key, purpose)) + "\n");
}

std::string upstream_key_after_restore(const Config& config, bool restored) {
  if (config.upstream.url.empty()) {
    return restored ? "La clé du modèle distant est remise\u00a0: elle servira quand [upstream] sera de nouveau dans beffroi.toml." : "";
  }
  const Result<std::string> key = upstream_key(config);
  if (!key) return key.error().message;
  if (!config.upstream.key_file.empty()) return {};
  if (!key->empty()) return restored ? "La clé du modèle distant est remise et s’ouvre." : "";
  return "La sauvegarde ne contient pas de clé pour le modèle distant\u00a0: s’il en demande une, «\u00a0beffroi models key set\u00a0».";
}

Status forget_upstream_key(const Config& config) {
  std::error_code fault;
  if (fs::remove(sealed_file(config), fault)) return {};
  if (!fault) return fail(Code::not_found, "Aucune clé n’est rangée pour un modèle distant.");
  return fail(Code::storage,
              fmt::format("«\u00a0{}\u00a0» ne peut pas être supprimé\u00a0: vérifiez les droits.", sealed_file(config).string()),
              fault.message());
}

}  // namespace beffroi::app
