// How many requests of one commune, and of one key, are under way at once: what makes the model or the vectors work holds a thread for
// seconds, and a flood from one commune must leave threads to the others. In memory: each node counts its own. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace beffroi::gateway {

class Crowd : public std::enable_shared_from_this<Crowd> {
 public:
  struct Limits {
    int of_commune = 4;
    int of_key = 2;
    int of_all = 6;
  };
  // A place, until the end of its life.
  class Place {
   public:
    Place(std::shared_ptr<Crowd> crowd, std::string commune, std::string key);
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place();

   private:
    const std::shared_ptr<Crowd> crowd_;
    const std::string commune_, key_;
  };

  explicit Crowd(Limits limits) : limits_(limits) {}
  // Null when one of the limits is reached.
  [[nodiscard]] std::shared_ptr<const Place> enter(const std::string& commune, const std::string& key);

 private:
  void leave(const std::string& commune, const std::string& key);

  const Limits limits_;
  std::mutex mutex_;
  int all_ = 0;
  std::map<std::string, int> under_way_;  // by commune, and by « commune/key »
};

}  // namespace beffroi::gateway
