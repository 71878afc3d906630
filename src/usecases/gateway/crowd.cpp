#include "usecases/gateway/crowd.h"

#include <utility>

namespace beffroi::gateway {

Crowd::Place::Place(std::shared_ptr<Crowd> crowd, std::string commune, std::string key)
    : crowd_(std::move(crowd)), commune_(std::move(commune)), key_(std::move(key)) {}

Crowd::Place::~Place() { crowd_->leave(commune_, key_); }

std::shared_ptr<const Crowd::Place> Crowd::enter(const std::string& commune, const std::string& key) {
  {
    const std::lock_guard lock(mutex_);
    int& of_commune = under_way_[commune];
    int& of_key = under_way_[commune + "/" + key];
    if (all_ >= limits_.of_all || of_commune >= limits_.of_commune || of_key >= limits_.of_key) return nullptr;
    ++all_;
    ++of_commune;
    ++of_key;
  }
  return std::make_shared<const Place>(shared_from_this(), commune, key);
}

void Crowd::leave(const std::string& commune, const std::string& key) {
  const std::lock_guard lock(mutex_);
  --all_;
  for (const std::string& name : {commune, commune + "/" + key}) {
    if (--under_way_[name] == 0) under_way_.erase(name);
  }
}

}  // namespace beffroi::gateway
