#include "crypto/seal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/files.h"
#include "crypto/sodium.h"
#include "crypto/token.h"

namespace beffroi::crypto {

namespace {

constexpr std::string_view kKeyPrefix = "beffroi-key-1:";
constexpr std::string_view kSealPrefix = "sealed-1.";
constexpr std::size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

tl::unexpected<Error> cannot_write(const std::filesystem::path& file) {
  return fail(Code::storage,
              fmt::format("La clé «\u00a0{}\u00a0» ne peut pas être écrite\u00a0: vérifiez les droits et la place.", file.string()),
              std::strerror(errno));
}

// Whole under its own name before it bears the real one, which is given only when nobody else gave it meanwhile.
Status make_key(const std::filesystem::path& file) {
  const std::string content = fmt::format("{}{}\n", kKeyPrefix, random_token(kKeyBytes));
  const std::filesystem::path draft = file.string() + "." + random_id();
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return cannot_write(file);
  const bool written =
      ::write(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  const bool named = written && (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const Status status = named ? Status{} : cannot_write(file);
  ::unlink(draft.c_str());
  return status;
}

Status check_rights(const std::filesystem::path& file) {
  struct stat facts{};
  if (::stat(file.c_str(), &facts) != 0) return fail(Code::not_found, fmt::format("La clé «\u00a0{}\u00a0» n’est pas là.", file.string()));
  if (!S_ISREG(facts.st_mode)) return fail(Code::bad_input, fmt::format("«\u00a0{}\u00a0» n’est pas un fichier.", file.string()));
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(
        Code::denied,
        fmt::format("La clé «\u00a0{}\u00a0» peut être lue par d’autres\u00a0: chmod 600, puis remplacez les secrets.", file.string()),
        fmt::format("mode {:o}", facts.st_mode & 07777U));
  }
  return {};
}

}  // namespace

Result<Sealer> Sealer::open(const std::filesystem::path& key_file) {
  sodium_is_ready();
  std::error_code ignored;
  if (!std::filesystem::exists(key_file, ignored)) BEFFROI_CHECK(make_key(key_file));
  BEFFROI_CHECK(check_rights(key_file));
  std::string content = BEFFROI_TRY(read_file(key_file, 1024));
  while (content.ends_with('\n')) content.pop_back();
  const auto key = content.starts_with(kKeyPrefix) ? from_base64url(std::string_view(content).substr(kKeyPrefix.size())) : std::nullopt;
  if (!key || key->size() != kKeyBytes) {
    return fail(Code::bad_input,
                fmt::format("«\u00a0{}\u00a0» n’est pas une clé de Beffroi\u00a0: reprenez celle de la sauvegarde.", key_file.string()));
  }
  return Sealer(*key);
}

Result<std::string> Sealer::seal(std::string_view secret, std::string_view purpose) const {
  if (secret.size() > kMaxSealedBytes) return fail(Code::too_large, "Ce secret est trop long pour être gardé.");
  std::string box = random_bytes(kNonceBytes);
  const std::string nonce = box;
  box.resize(kNonceBytes + secret.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(box.data()) + kNonceBytes, nullptr, bytes_of(secret),
                                             secret.size(), bytes_of(purpose), purpose.size(), nullptr, bytes_of(nonce), bytes_of(key_));
  return std::string(kSealPrefix) + base64url(box);
}

Result<std::string> Sealer::unseal(std::string_view sealed, std::string_view purpose) const {
  const auto refused = [](std::string detail) {
    return fail(Code::bad_input, "Un secret gardé ne s’ouvre pas avec la clé de cette installation\u00a0: saisissez-le à nouveau.",
                std::move(detail));
  };
  if (!sealed.starts_with(kSealPrefix)) return refused("not a sealed secret");
  const auto box = from_base64url(sealed.substr(kSealPrefix.size()));
  if (!box || box->size() < kNonceBytes + kTagBytes || box->size() > kNonceBytes + kMaxSealedBytes + kTagBytes) {
    return refused("sealed secret malformed");
  }
  std::string secret(box->size() - kNonceBytes - kTagBytes, '\0');
  const std::string_view closed = std::string_view(*box).substr(kNonceBytes);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(secret.data()), nullptr, nullptr, bytes_of(closed),
                                                 closed.size(), bytes_of(purpose), purpose.size(), bytes_of(*box), bytes_of(key_)) != 0) {
    return refused("sealed secret does not authenticate");
  }
  return secret;
}

}  // namespace beffroi::crypto
