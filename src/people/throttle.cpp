#include "people/throttle.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace beffroi::people {

namespace {

constexpr char kBetween = '\x1f';  // in none of the parts

std::string account_key(const Attempt& attempt) {
  std::string key = attempt.commune + kBetween + attempt.login + kBetween;
  key += attempt.device.empty() ? "a" + machine_of(attempt.client) : "d" + attempt.device;
  return key;
}

}  // namespace

std::string machine_of(std::string_view address) {
  std::array<unsigned char, 16> bytes{};
  const std::string text(address.substr(0, address.find('%')));  // without an interface
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  static constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
    return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  }
  return fmt::format("{:02x}/64", fmt::join(bytes.begin(), bytes.begin() + 8, ""));
}

std::string readable_wait(std::int64_t wait_ms) {
  const std::int64_t seconds = std::max<std::int64_t>(1, (wait_ms + 999) / 1000);
  if (seconds == 1) return "1\u00a0seconde";
  if (seconds < 60) return fmt::format("{}\u00a0secondes", seconds);
  const std::int64_t minutes = (seconds + 59) / 60;
  return minutes == 1 ? "1\u00a0minute" : fmt::format("{}\u00a0minutes", minutes);
}

std::int64_t Throttle::wait_ms(const Entries& entries, const std::string& key, int free_tries) const {
  const auto found = entries.find(key);
  if (found == entries.end() || found->second.tries < free_tries) return 0;
  const Entry& entry = found->second;
  const std::int64_t since = clock_() - entry.last_ms;
  if (since >= limits_.forget_after_ms) return 0;
  const int doublings = std::min(entry.tries - free_tries, 30);
  const std::int64_t wait = std::min(limits_.first_wait_ms << doublings, limits_.longest_wait_ms);
  return std::max<std::int64_t>(0, wait - since);
}

void Throttle::count(Entries& entries, const std::string& key) {
  const std::int64_t now = clock_();
  if (entries.size() >= limits_.most_entries && !entries.contains(key)) make_room(entries);
  Entry& entry = entries[key];
  if (entry.tries > 0 && now - entry.last_ms >= limits_.forget_after_ms) entry.tries = 0;
  ++entry.tries;
  entry.last_ms = now;
}

// The oldest quarter at once: looked for once in many tries.
void Throttle::make_room(Entries& entries) const {
  std::vector<std::int64_t> times;
  times.reserve(entries.size());
  for (const auto& [key, entry] : entries) times.push_back(entry.last_ms);
  const auto quarter = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 4);
  std::nth_element(times.begin(), quarter, times.end());
  std::erase_if(entries, [oldest = *quarter](const auto& each) { return each.second.last_ms <= oldest; });
}

Status Throttle::begin(const Attempt& attempt) {
  const std::string account = account_key(attempt), client = machine_of(attempt.client);
  const std::lock_guard lock(mutex_);
  std::int64_t wait = wait_ms(accounts_, account, limits_.free_tries);
  // A known browser answers for itself alone: the address it comes from may be that of who attacks its owner.
  if (attempt.device.empty()) wait = std::max(wait, wait_ms(clients_, client, limits_.free_tries_of_client));
  if (wait > 0) {
    return fail(Code::too_many, fmt::format("Trop d’essais. Recommencez dans {}.", readable_wait(wait)));
  }
  count(accounts_, account);
  if (attempt.device.empty()) count(clients_, client);
  return {};
}

void Throttle::take_back(Entries& entries, const std::string& key) {
  const auto found = entries.find(key);
  if (found != entries.end() && --found->second.tries <= 0) entries.erase(found);
}

void Throttle::succeeded(const Attempt& attempt) {
  const std::lock_guard lock(mutex_);
  accounts_.erase(account_key(attempt));
  // Only this try: else one good account would wash an address clean of what it tries on the others.
  if (attempt.device.empty()) take_back(clients_, machine_of(attempt.client));
}

void Throttle::not_made(const Attempt& attempt) {
  const std::lock_guard lock(mutex_);
  take_back(accounts_, account_key(attempt));
  if (attempt.device.empty()) take_back(clients_, machine_of(attempt.client));
}

}  // namespace beffroi::people
