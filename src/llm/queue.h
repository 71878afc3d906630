// The bounded queue in front of an engine: who gets the next free slot.
//
//   Queue queue(4, 64);                                    // four at once, 64 waiting
//   auto turn = BEFFROI_TRY(queue.enter(request.place, stop));   // waits; the turn ends with its scope
//
// Order. Voice before chat before batch; but a class passed over kPatience times in a row gets the next turn, so batch goes on, slowly,
// however many people ask. Inside a class, one turn a commune, each in its turn: a flood from one delays the first request of another by
// one turn at most. Inside a commune, first come, first served.
// One slot left. As long as another commune came within `recent`, a commune holds all the slots but one at most: the first request of
// another waits for nobody. (With a single slot there is none to leave.)
// Bounds. When `max_waiting` wait, a newcomer gets Code::busy at once, unless there is someone with less right to the place: the last
// to come of a lower class, or, in its own class, of a commune that has at least two more waiting than its own; that one gets
// Code::busy instead. So a flood fills the queue with nobody but itself.
// Thread-safe. The Queue outlives its turns.
// Errors of enter(), each with a French sentence: busy, timeout (place.deadline), cancelled (stop asked, seen within milliseconds).
#pragma once

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

#include "base/result.h"
#include "llm/chat_model.h"

namespace beffroi::llm {

class Queue {
 public:
  static constexpr int kPatience = 16;

  // A slot, until the end of the scope.
  class Turn {
   public:
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&& other) noexcept;
    ~Turn();
    [[nodiscard]] double queued_s() const { return queued_s_; }  // how long it was waited for

   private:
    friend class Queue;
    Turn(Queue* queue, std::string commune, double queued_s) : queue_(queue), commune_(std::move(commune)), queued_s_(queued_s) {}
    Queue* queue_;  // null once moved from
    std::string commune_;
    double queued_s_;
  };

  struct Load {
    int running = 0;
    int waiting = 0;
  };

  // Both at least 1, or 0 for no waiting at all.
  Queue(int slots, int max_waiting, std::chrono::milliseconds recent = std::chrono::seconds(60));
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;
  ~Queue();

  // Blocks until a slot is free. place.on_place is called in this thread, never under a lock, when the request has to wait and each
  // time the number of waiting requests before it changes (0: the next one); to be kept short, the slot may be waiting for it.
  [[nodiscard]] Result<Turn> enter(const Place& place, const std::stop_token& stop);

  [[nodiscard]] Load load() const;

 private:
  struct Lines;
  void leave(const std::string& commune);
  std::unique_ptr<Lines> lines_;
};

}  // namespace beffroi::llm
