// The states of texts already read, kept in memory, then on disk, the least recently used leaving first.
//
// A state is known by the model's fingerprint and the very tokens it was made from: another model, another frame or another version
// of a passage has another key, so a state can never be put back for a text it does not stand for. On disk each is a file with its
// checksum, written aside then renamed: servers may share a folder, a file cut by a crash or altered reads as absent. A full disk
// costs only the speed: said once, and the memory goes on. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "llm/llama/loaded_model.h"

namespace beffroi::llm::llama {

using State = std::shared_ptr<const std::vector<std::uint8_t>>;

class StateStore {
 public:
  struct Limits {
    std::size_t memory_bytes = 256ULL << 20;
    std::size_t disk_bytes = 0;         // 0: memory only
    std::filesystem::path folder;       // of the files; created when missing
  };
  explicit StateStore(Limits limits);

  static std::string key_of(const std::string& fingerprint, std::span<const Token> tokens);

  [[nodiscard]] State find(const std::string& key);        // null when absent
  void keep(const std::string& key, State state);
  void drop(const std::string& key);                       // from memory and disk

  [[nodiscard]] std::size_t memory_used() const;
  [[nodiscard]] std::size_t disk_used() const;

 private:
  struct Kept {
    State state;
    std::list<std::string>::iterator turn;
  };
  [[nodiscard]] std::filesystem::path file_of(const std::string& key) const;
  [[nodiscard]] State read(const std::string& key) const;
  void write(const std::string& key, const std::vector<std::uint8_t>& bytes);
  void make_room_on_disk(std::size_t bytes);
  void remember(const std::string& key, State state);

  const Limits limits_;
  mutable std::mutex mutex_;
  std::list<std::string> turns_;  // most recently used first
  std::unordered_map<std::string, Kept> kept_;
  std::size_t memory_used_ = 0;
  bool disk_fault_said_ = false;
};

}  // namespace beffroi::llm::llama
