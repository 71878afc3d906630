#include "http/edge/event_ring.h"

#include <algorithm>

namespace beffroi::http {

namespace {

// A line break inside a field would start another field.
void append_line(std::string& out, std::string_view field, std::string_view value) {
  out += field;
  out += ": ";
  for (const char c : value) {
    if (c != '\n' && c != '\r' && c != '\0') out += c;
  }
  out += '\n';
}

}  // namespace

std::string event_text(const Event& event) {
  std::string out;
  if (!event.id.empty()) append_line(out, "id", event.id);
  if (!event.name.empty()) append_line(out, "event", event.name);
  std::string_view data = event.data;
  while (true) {
    const std::size_t end = std::min(data.find('\n'), data.size());
    append_line(out, "data", data.substr(0, end));
    if (end == data.size()) break;
    data.remove_prefix(end + 1);
  }
  out += '\n';
  return out;
}

bool EventRing::send(const Event& event) {
  const std::string text = event_text(event);
  bool was_empty = false;
  {
    std::unique_lock lock(mutex_);
    // An event larger than the ring passes alone: refusing it would block its producer for ever.
    const bool fits = room_.wait_for(
        lock, limits_.patience, [&] { return closed_ || waiting_.empty() || waiting_.size() + text.size() <= limits_.capacity_bytes; });
    if (!fits) closed_ = true;
    if (closed_) return false;
    was_empty = waiting_.empty();
    waiting_ += text;
  }
  if (was_empty) wake_();
  return true;
}

bool EventRing::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

void EventRing::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  wake_();
}

EventRing::Taken EventRing::take() {
  Taken taken;
  {
    const std::lock_guard lock(mutex_);
    taken.bytes.swap(waiting_);
    taken.finished = finished_;
  }
  room_.notify_all();
  return taken;
}

void EventRing::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  room_.notify_all();
}

}  // namespace beffroi::http
