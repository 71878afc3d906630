#include <doctest/doctest.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <set>
#include <thread>
#include <vector>

#include "base/files.h"
#include "base/testing.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "crypto/seal.h"
#include "crypto/token.h"

using namespace beffroi;
using namespace beffroi::crypto;

namespace {
constexpr PasswordCost kLight{1 << 20, 1};  // tests try many passwords

mode_t mode_of(const std::filesystem::path& file) {
  struct stat facts{};
  REQUIRE(::stat(file.c_str(), &facts) == 0);
  return facts.st_mode & 07777U;
}
}  // namespace

TEST_CASE("digests are those of the standards") {
  // FIPS 180-4, and RFC 4231 case 2.
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hmac_sha256_hex("Jefe", "what do ya want for nothing?") == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Sha256 pieces;
  pieces.add("a");
  pieces.add("bc");
  CHECK(pieces.hex() == sha256_hex("abc"));
  CHECK(is_sha256(sha256_hex("abc")));
  CHECK_FALSE(is_sha256("BA7816"));
}

TEST_CASE("secrets are compared whole") {
  CHECK(same_secret("abc", "abc"));
  CHECK(same_secret("", ""));
  CHECK_FALSE(same_secret("abc", "abd"));
  CHECK_FALSE(same_secret("abc", "ab"));
  CHECK_FALSE(same_secret("", "a"));
}

TEST_CASE("base64url reads back what it writes, and nothing else") {
  CHECK(base64url("\xFB\xFF") == "-_8");
  CHECK(from_base64url("-_8") == "\xFB\xFF");
  CHECK(from_base64url("") == "");
  for (const char* text : {"+/8", "-_8=", " -_8", "-_8\n", "-_9", "a", "é"}) {
    CAPTURE(text);
    CHECK_FALSE(from_base64url(text));
  }
}

TEST_CASE("tokens and ids do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string token = random_token();
    CHECK(token.size() == 43);
    CHECK(from_base64url(token));
    CHECK(seen.insert(token).second);
    CHECK(seen.insert(random_id()).second);
  }
}

TEST_CASE("a password is kept as Argon2id with the parameters of the header") {
  PasswordHasher hasher;
  const std::string kept = hasher.hash("une phrase assez longue").value();
  CHECK(kept.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"));
  CHECK(hasher.verify(kept, "une phrase assez longue").value());
  CHECK_FALSE(hasher.verify(kept, "une phrase assez courte").value());
  CHECK(hasher.hash("une phrase assez longue").value() != kept);  // a salt each
  CHECK_FALSE(hasher.is_outdated(kept));
  CHECK(PasswordHasher({}, kLight).is_outdated(kept));
}

TEST_CASE("no account, no password: nothing opens it") {
  PasswordHasher hasher({}, kLight);
  CHECK_FALSE(hasher.verify("", "").value());
  CHECK_FALSE(hasher.verify("", "mot de passe").value());
  CHECK_FALSE(hasher.verify("garbage", "mot de passe").value());
  CHECK_FALSE(hasher.verify(hasher.hash("a").value(), std::string(kMaxPasswordBytes + 1, 'a')).value());
  CHECK(hasher.hash(std::string(kMaxPasswordBytes + 1, 'a')).error().code == Code::too_large);
}

TEST_CASE("a crowd that signs in takes no more memory than agreed: the others are told to come back") {
  PasswordHasher hasher({1, 1}, {16 << 20, 3});
  const std::string kept = hasher.hash("a").value();
  std::atomic<int> served = 0, busy = 0;
  {
    std::vector<std::jthread> crowd;
    for (int i = 0; i < 8; ++i) {
      crowd.emplace_back([&] {
        for (int turn = 0; turn < 5; ++turn) {
          const auto same = hasher.verify(kept, "a");
          if (same) served += *same ? 1 : 1000;
          else busy += same.error().code == Code::busy ? 1 : 1000;
        }
      });
    }
  }
  CHECK(served + busy == 40);
  CHECK(served > 0);
  CHECK(busy > 0);
  CHECK(hasher.verify(kept, "a").value());  // and the place was given back
}

TEST_CASE("a sealed secret opens with its key and for its purpose only") {
  testing::TemporaryFolder home;
  const auto sealer = Sealer::open(home.path() / "secret.key").value();
  const std::string sealed = sealer.seal("s3cret", "oidc").value();
  CHECK(sealed.starts_with("sealed-1."));
  CHECK(sealed.find("s3cret") == std::string::npos);
  CHECK(sealer.unseal(sealed, "oidc").value() == "s3cret");
  CHECK(sealer.seal("s3cret", "oidc").value() != sealed);
  CHECK(sealer.unseal(sealed, "upstream").error().code == Code::bad_input);
  CHECK(Sealer::open(home.path() / "other.key")->unseal(sealed, "oidc").error().code == Code::bad_input);
  CHECK(Sealer::open(home.path() / "secret.key")->unseal(sealed, "oidc").value() == "s3cret");
  CHECK(sealer.unseal(sealer.seal("", "oidc").value(), "oidc").value().empty());
}

TEST_CASE("one character changed, cut or added: nothing opens") {
  testing::TemporaryFolder home;
  const auto sealer = Sealer::open(home.path() / "secret.key").value();
  const std::string sealed = sealer.seal("secret", "oidc").value();
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string altered = sealed;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    CAPTURE(altered);
    CHECK_FALSE(sealer.unseal(altered, "oidc"));
    CHECK_FALSE(sealer.unseal(sealed.substr(0, i), "oidc"));
  }
  CHECK_FALSE(sealer.unseal(sealed + "A", "oidc"));
  CHECK_FALSE(sealer.unseal("secret", "oidc"));
  CHECK(sealer.seal(std::string(kMaxSealedBytes + 1, 'a'), "oidc").error().code == Code::too_large);
}

TEST_CASE("the key file is the owner's alone") {
  testing::TemporaryFolder home;
  const auto file = home.path() / "secret.key";
  REQUIRE(Sealer::open(file));
  CHECK(mode_of(file) == 0600);
  for (const mode_t open_to_others : {0640U, 0604U, 0620U, 0602U}) {
    REQUIRE(::chmod(file.c_str(), open_to_others) == 0);
    CHECK(Sealer::open(file).error().code == Code::denied);
  }
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  for (const char* content : {"", "beffroi-key-1:", "beffroi-key-1:AAAA", "anything"}) {
    std::ofstream(file) << content;
    CHECK(Sealer::open(file).error().code == Code::bad_input);
  }
  CHECK(Sealer::open(home.path() / "missing" / "secret.key").error().code == Code::storage);
  CHECK(Sealer::open(home.path()).error().code == Code::bad_input);
}

TEST_CASE("programs that start together share one key") {
  testing::TemporaryFolder home;
  const auto file = home.path() / "secret.key";
  std::vector<std::string> sealed(8);
  {
    std::vector<std::jthread> programs;
    for (auto& text : sealed) programs.emplace_back([&text, &file] { text = Sealer::open(file)->seal("x", "y").value(); });
  }
  for (const auto& text : sealed) CHECK(Sealer::open(file)->unseal(text, "y").value() == "x");
  CHECK(std::distance(std::filesystem::directory_iterator(home.path()), {}) == 1);  // no draft stays
}
