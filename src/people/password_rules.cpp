#include "people/password_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "crypto/password.h"
#include "crypto/token.h"
#include "json/utf8.h"

namespace beffroi::people {

namespace {

constexpr std::size_t kLeastDifferent = 5;

// What is left of a password without its digits and signs, in lower case: « Motdepasse-2026 » is « motdepasse ».
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') letters += c;
    else if (c >= 'A' && c <= 'Z') letters += static_cast<char>(c - 'A' + 'a');
    else if (static_cast<unsigned char>(c) >= 0x80) letters += c;
  }
  return letters;
}

constexpr std::array<std::string_view, 26> kTriedFirst = {
    "motdepasse",     "monmotdepasse", "password", "passe",    "azerty",  "azertyuiop", "qwerty",    "qwertyuiop",  "admin",
    "administrateur", "administrator", "mairie",   "lamairie", "beffroi", "bonjour",    "bienvenue", "commune",     "france",
    "republique",     "jetaime",       "soleil",   "doudou",   "secret",  "changezmoi", "changeme",  "abcdefghijkl"};

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool holds(std::string_view letters, std::string_view word) { return word.size() >= 4 && letters.find(word) != std::string_view::npos; }

}  // namespace

Status check_new_password(std::string_view password, std::string_view login, std::string_view name) {
  if (password.size() > crypto::kMaxPasswordBytes)
    return fail(Code::invalid_argument, "Ce mot de passe est trop long\u00a0: 512 octets au plus.");
  if (!json::is_utf8(password)) return fail(Code::invalid_argument, "Ce mot de passe n’est pas un texte lisible.");
  if (characters_of(password) < kLeastPasswordCharacters) {
    return fail(Code::invalid_argument,
                fmt::format("Choisissez au moins {} caractères\u00a0: quelques mots sans rapport font un bon mot de passe.",
                            kLeastPasswordCharacters));
  }
  if (std::set<char>(password.begin(), password.end()).size() < kLeastDifferent) {
    return fail(Code::invalid_argument, "Ce mot de passe répète trop les mêmes caractères.");
  }
  const std::string letters = letters_of(password);
  if (letters.empty() || std::find(kTriedFirst.begin(), kTriedFirst.end(), letters) != kTriedFirst.end()) {
    return fail(Code::invalid_argument, "Ce mot de passe est de ceux que l’on essaie en premier\u00a0: choisissez-en un autre.");
  }
  if (holds(letters, letters_of(login.substr(0, login.find('@')))) || holds(letters, letters_of(name))) {
    return fail(Code::invalid_argument, "Ce mot de passe contient votre nom ou votre identifiant\u00a0: choisissez-en un autre.");
  }
  return {};
}

std::string generated_password() {
  static constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";  // none taken for another
  constexpr std::size_t kGroup = 4, kCharacters = 16;
  std::string password;
  for (const char c : crypto::random_bytes(kCharacters)) {
    if (!password.empty() && password.size() % (kGroup + 1) == kGroup) password += '-';
    password += kAlphabet[static_cast<unsigned char>(c) % kAlphabet.size()];
  }
  return password;
}

}  // namespace beffroi::people
