// A file is: «BFKV1», the length of the state (8 bytes), its checksum (8 bytes), the state.
#include "llm/llama/state_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/files.h"
#include "base/log.h"

namespace beffroi::llm::llama {

namespace {

constexpr std::array<char, 8> kMark = {'B', 'F', 'K', 'V', '1', '\0', '\0', '\0'};
constexpr std::size_t kHeadBytes = kMark.size() + 16;
constexpr std::uint64_t kPrime = 0x9E3779B97F4A7C15ULL;

// Not against malice: the folder is the program's own. Against files cut or altered.
std::uint64_t checksum_of(const void* data, std::size_t bytes) {
  const auto* at = static_cast<const unsigned char*>(data);
  std::uint64_t sum = bytes * kPrime;
  while (bytes >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    sum = (sum ^ word) * kPrime;
    sum ^= sum >> 29;
    at += 8;
    bytes -= 8;
  }
  for (; bytes > 0; --bytes) sum = (sum ^ *at++) * kPrime;
  return sum ^ (sum >> 32);
}

struct StateFile {
  std::filesystem::path path;
  std::filesystem::file_time_type used;
  std::size_t bytes = 0;
};

// A file that another server removes meanwhile is no fault.
std::vector<StateFile> files_in(const std::filesystem::path& folder) {
  std::vector<StateFile> files;
  std::error_code fault;
  for (const auto& entry : std::filesystem::directory_iterator(folder, fault)) {
    std::error_code gone;
    if (entry.path().extension() != ".kv") continue;
    const std::size_t bytes = entry.file_size(gone);
    const auto used = entry.last_write_time(gone);
    if (!gone) files.push_back({entry.path(), used, bytes});
  }
  return files;
}

std::size_t total_of(const std::vector<StateFile>& files) {
  std::size_t total = 0;
  for (const StateFile& file : files) total += file.bytes;
  return total;
}

}  // namespace

StateStore::StateStore(Limits limits) : limits_(std::move(limits)) {
  if (limits_.disk_bytes == 0) return;
  std::error_code fault;
  std::filesystem::create_directories(limits_.folder, fault);
  if (fault) log::warn("state_store", {{"cannot_create", fault.message()}});
}

std::string StateStore::key_of(const std::string& fingerprint, std::span<const Token> tokens) {
  // Two independent sums of 64 bits: a collision between texts is not to be feared.
  std::vector<Token> shifted(tokens.begin(), tokens.end());
  shifted.push_back(-7);
  std::reverse(shifted.begin(), shifted.end());
  return fmt::format("{}-{}-{:016x}{:016x}", fingerprint, tokens.size(), checksum_of(tokens.data(), tokens.size_bytes()),
                     checksum_of(shifted.data(), shifted.size() * sizeof(Token)));
}

State StateStore::find(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(key);
  if (found != kept_.end()) {
    turns_.splice(turns_.begin(), turns_, found->second.turn);
    return found->second.state;
  }
  if (limits_.disk_bytes == 0) return nullptr;
  State state = read(key);
  if (state != nullptr) remember(key, state);
  return state;
}

void StateStore::keep(const std::string& key, State state) {
  const std::lock_guard lock(mutex_);
  if (kept_.count(key) != 0) return;
  if (limits_.disk_bytes != 0) write(key, *state);
  remember(key, std::move(state));
}

void StateStore::remember(const std::string& key, State state) {
  const std::size_t bytes = state->size();
  if (bytes > limits_.memory_bytes) return;
  while (memory_used_ + bytes > limits_.memory_bytes) {
    const auto oldest = kept_.find(turns_.back());
    memory_used_ -= oldest->second.state->size();
    kept_.erase(oldest);
    turns_.pop_back();
  }
  turns_.push_front(key);
  kept_.emplace(key, Kept{std::move(state), turns_.begin()});
  memory_used_ += bytes;
}

void StateStore::drop(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(key);
  if (found != kept_.end()) {
    memory_used_ -= found->second.state->size();
    turns_.erase(found->second.turn);
    kept_.erase(found);
  }
  std::error_code ignored;
  if (limits_.disk_bytes != 0) std::filesystem::remove(file_of(key), ignored);
}

std::filesystem::path StateStore::file_of(const std::string& key) const { return limits_.folder / (key + ".kv"); }

State StateStore::read(const std::string& key) const {
  const auto path = file_of(key);
  const auto content = read_file(path, limits_.disk_bytes);
  if (!content || content->size() < kHeadBytes || std::memcmp(content->data(), kMark.data(), kMark.size()) != 0) return nullptr;
  std::array<std::uint64_t, 2> head{};
  std::memcpy(head.data(), content->data() + kMark.size(), sizeof(head));
  const char* state = content->data() + kHeadBytes;
  if (head[0] != content->size() - kHeadBytes || head[1] != checksum_of(state, head[0])) {
    log::warn("state_store", {{"damaged", path.filename().string()}});
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return nullptr;
  }
  std::error_code ignored;  // the time of the file is its last use
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now(), ignored);
  return std::make_shared<const std::vector<std::uint8_t>>(state, state + head[0]);
}

void StateStore::write(const std::string& key, const std::vector<std::uint8_t>& bytes) {
  if (bytes.size() + kHeadBytes > limits_.disk_bytes) return;
  make_room_on_disk(bytes.size() + kHeadBytes);
  const std::array<std::uint64_t, 2> head = {bytes.size(), checksum_of(bytes.data(), bytes.size())};
  std::string content(kMark.data(), kMark.size());
  content.append(reinterpret_cast<const char*>(head.data()), sizeof(head));
  content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto written = write_file_atomically(file_of(key), content);
  if (written || disk_fault_said_) return;
  disk_fault_said_ = true;
  log::warn("state_store", {{"cannot_write", written.error().detail}});
}

void StateStore::make_room_on_disk(std::size_t bytes) {
  std::vector<StateFile> files = files_in(limits_.folder);
  std::size_t total = total_of(files);
  if (total + bytes <= limits_.disk_bytes) return;
  std::sort(files.begin(), files.end(), [](const StateFile& a, const StateFile& b) { return a.used < b.used; });
  for (const StateFile& file : files) {
    if (total + bytes <= limits_.disk_bytes) break;
    std::error_code gone;
    std::filesystem::remove(file.path, gone);
    total -= file.bytes;
  }
}

std::size_t StateStore::memory_used() const {
  const std::lock_guard lock(mutex_);
  return memory_used_;
}

std::size_t StateStore::disk_used() const { return total_of(files_in(limits_.folder)); }

}  // namespace beffroi::llm::llama
