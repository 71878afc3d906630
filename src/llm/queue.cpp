#include "llm/queue.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <string>
#include <utility>

namespace beffroi::llm {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::hours kLongestWait{24 * 365};  // what a condition variable can count to
constexpr std::size_t kClasses = 3;

struct Waiter {
  const std::string& commune;
  std::size_t rank;                    // 0 voice, 1 chat, 2 batch
  bool listens;                        // wants to know its place
  bool granted = false;
  bool pushed_out = false;
  bool moved = false;                  // its place may have changed
  std::condition_variable_any changed{};
};

// Those of one commune, in one class, in order of arrival.
struct Line {
  std::string commune;
  std::deque<Waiter*> waiters;
};

// One class of priority: a ring of communes, each with someone waiting. The front one has the next turn.
struct Class {
  std::list<Line> ring;
  int passed_over = 0;

  std::list<Line>::iterator line_of(const std::string& commune) {
    return std::find_if(ring.begin(), ring.end(), [&](const Line& line) { return line.commune == commune; });
  }
  std::list<Line>::iterator longest() {
    return std::max_element(ring.begin(), ring.end(), [](const Line& a, const Line& b) { return a.waiters.size() < b.waiters.size(); });
  }
  void add(Waiter& waiter) {
    auto line = line_of(waiter.commune);
    if (line == ring.end()) line = ring.insert(ring.end(), Line{waiter.commune, {}});
    line->waiters.push_back(&waiter);
  }
  void remove(Waiter& waiter) {
    const auto line = line_of(waiter.commune);
    std::erase(line->waiters, &waiter);
    if (line->waiters.empty()) ring.erase(line);
    if (ring.empty()) passed_over = 0;
  }
  Waiter& take_next() {
    Waiter& next = *ring.front().waiters.front();
    ring.front().waiters.pop_front();
    if (ring.front().waiters.empty()) ring.pop_front();
    else ring.splice(ring.end(), ring, ring.begin());
    return next;
  }
};

tl::unexpected<Error> full() {
  return fail(Code::busy, "Trop de demandes attendent déjà le modèle de langue\u00a0: recommencez dans un instant.", "queue full");
}

}  // namespace

struct Queue::Lines {
  mutable std::mutex mutex;
  const int slots;
  const int max_waiting;
  int free;
  int waiting = 0;
  std::array<Class, kClasses> classes;

  Lines(int slot_count, int waiting_limit) : slots(slot_count), max_waiting(waiting_limit), free(slot_count) {}

  Class& next_class() {
    for (std::size_t rank = kClasses; rank-- > 1;) {
      if (!classes[rank].ring.empty() && classes[rank].passed_over >= kPatience) return classes[rank];
    }
    return *std::find_if(classes.begin(), classes.end(), [](const Class& one) { return !one.ring.empty(); });
  }

  // Gives the free slots to those whose turn it is. A slot is free only when nobody waits.
  void deal() {
    while (free > 0 && waiting > 0) {
      Class& chosen = next_class();
      Waiter& next = chosen.take_next();
      chosen.passed_over = 0;
      for (Class* lower = &chosen + 1; lower != classes.data() + kClasses; ++lower) {
        if (!lower->ring.empty()) ++lower->passed_over;
      }
      --waiting;
      --free;
      next.granted = true;
      next.changed.notify_one();
      tell_places();
    }
  }

  void tell_places() {
    for (Class& one : classes) {
      for (Line& line : one.ring) {
        for (Waiter* waiter : line.waiters) {
          if (!waiter->listens) continue;
          waiter->moved = true;
          waiter->changed.notify_one();
        }
      }
    }
  }

  // Makes room in a full queue at the cost of someone with less right to the place. False: there is no such one.
  bool push_out_for(const Waiter& newcomer) {
    for (std::size_t rank = kClasses; rank-- > newcomer.rank;) {
      Class& one = classes[rank];
      const auto longest = one.longest();
      if (longest == one.ring.end()) continue;
      if (rank == newcomer.rank) {
        const auto own = one.line_of(newcomer.commune);
        const std::size_t already = own == one.ring.end() ? 0 : own->waiters.size();
        if (longest->waiters.size() < already + 2) return false;
      }
      Waiter& last = *longest->waiters.back();
      withdraw(last);
      last.pushed_out = true;
      last.changed.notify_one();
      return true;
    }
    return false;
  }

  void withdraw(Waiter& waiter) {
    classes[waiter.rank].remove(waiter);
    --waiting;
  }

  // How many waiting requests are served before this one if nobody else comes and no class is let through out of patience.
  int ahead_of(const Waiter& waiter) {
    std::size_t ahead = 0;
    for (std::size_t rank = 0; rank < waiter.rank; ++rank) {
      for (const Line& line : classes[rank].ring) ahead += line.waiters.size();
    }
    Class& own_class = classes[waiter.rank];
    const auto own = own_class.line_of(waiter.commune);
    const auto before_me = static_cast<std::size_t>(std::find(own->waiters.begin(), own->waiters.end(), &waiter) - own->waiters.begin());
    std::size_t rounds = before_me + 1;  // that a commune placed before mine has until my turn; one less for those after
    for (auto line = own_class.ring.begin(); line != own_class.ring.end(); ++line) {
      if (line == own) {
        ahead += before_me;
        rounds = before_me;
      } else {
        ahead += std::min(line->waiters.size(), rounds);
      }
    }
    return static_cast<int>(ahead);
  }

  // Waits for the turn, telling the place on the way. With the mutex held, released while it waits and while it tells.
  Status wait(Waiter& waiter, std::unique_lock<std::mutex>& lock, const Place& place, const std::stop_token& stop) {
    const auto deadline = Clock::now() + std::min<std::chrono::milliseconds>(place.deadline, kLongestWait);
    int told = -1;
    while (!waiter.granted) {
      if (waiter.listens) {
        waiter.moved = false;
        const int ahead = ahead_of(waiter);
        if (ahead != told) {
          told = ahead;
          lock.unlock();
          place.on_place(ahead);
          lock.lock();
        }
      }
      waiter.changed.wait_until(lock, stop, deadline, [&] { return waiter.granted || waiter.pushed_out || waiter.moved; });
      if (waiter.pushed_out) return full();
      if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.");
      if (!waiter.granted && Clock::now() >= deadline) {
        return fail(Code::timeout, "Le modèle de langue n’a pas pu répondre à temps\u00a0: trop de demandes à la fois.",
                    "deadline in queue");
      }
    }
    return {};
  }
};

namespace {

// Whatever happens, a waiter leaves its line, and a slot that was given to it and not taken goes on.
template <class Leave>
class OnExit {
 public:
  explicit OnExit(Leave leave) : leave_(std::move(leave)) {}
  OnExit(const OnExit&) = delete;
  OnExit& operator=(const OnExit&) = delete;
  ~OnExit() { leave_(); }

 private:
  Leave leave_;
};

}  // namespace

Queue::Queue(int slots, int max_waiting) : lines_(std::make_unique<Lines>(std::max(1, slots), std::max(0, max_waiting))) {}
Queue::~Queue() = default;

Result<Queue::Turn> Queue::enter(const Place& place, const std::stop_token& stop) {
  const auto came = Clock::now();
  if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.");
  std::unique_lock lock(lines_->mutex);
  if (lines_->free > 0) {
    --lines_->free;
    return Turn(this, 0);
  }
  Waiter waiter{place.commune, static_cast<std::size_t>(place.priority), static_cast<bool>(place.on_place)};
  if (lines_->waiting >= lines_->max_waiting && !lines_->push_out_for(waiter)) return full();
  lines_->classes[waiter.rank].add(waiter);
  ++lines_->waiting;
  lines_->tell_places();

  bool taken = false;
  const OnExit leave_line([&] {
    if (taken || waiter.pushed_out) return;
    if (!lock.owns_lock()) lock.lock();
    if (waiter.granted) ++lines_->free;
    else lines_->withdraw(waiter);
    lines_->deal();
    lines_->tell_places();
  });
  BEFFROI_CHECK(lines_->wait(waiter, lock, place, stop));
  taken = true;
  return Turn(this, std::chrono::duration<double>(Clock::now() - came).count());
}

void Queue::leave() {
  const std::lock_guard lock(lines_->mutex);
  ++lines_->free;
  lines_->deal();
}

Queue::Load Queue::load() const {
  const std::lock_guard lock(lines_->mutex);
  return {lines_->slots - lines_->free, lines_->waiting};
}

Queue::Turn::Turn(Turn&& other) noexcept : queue_(std::exchange(other.queue_, nullptr)), queued_s_(other.queued_s_) {}

Queue::Turn& Queue::Turn::operator=(Turn&& other) noexcept {
  std::swap(queue_, other.queue_);
  std::swap(queued_s_, other.queued_s_);
  return *this;
}

Queue::Turn::~Turn() {
  if (queue_ != nullptr) queue_->leave();
}

}  // namespace beffroi::llm
