// beffroi models key set|remove: the key of the model served elsewhere. It comes by standard input: an argument is seen by every
// program of the machine and stays in the history of the shell.
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <iostream>
#include <string>

#include "app/commands.h"
#include "app/console.h"
#include "app/upstream_key.h"
#include "json/writer.h"

namespace beffroi::app {

namespace {

// What is typed is not shown while this lives.
class HiddenTyping {
 public:
  HiddenTyping() : on_(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!on_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    fmt::print(stderr, "Clé (elle ne s’affiche pas)\u00a0: ");
  }
  ~HiddenTyping() {
    if (!on_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    fmt::print(stderr, "\n");
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  bool on_;
};

int said(const Status& done, bool as_json, std::string_view fact, std::string_view french) {
  if (!done) return say_fault(done.error());
  if (!as_json) {
    fmt::print("{}\n", french);
    return kDone;
  }
  json::Writer out;
  out.begin_object().field(fact, true).end_object();
  fmt::print("{}\n", out.text());
  return kDone;
}

}  // namespace

int run_models_key_set(const Config& config, const ModelsOptions& options) {
  std::string key;
  {
    const HiddenTyping hidden;
    std::getline(std::cin, key);
  }
  return said(keep_upstream_key(config, key), options.json, "kept", "Clé rangée, chiffrée, pour l’adresse de [upstream].");
}

int run_models_key_remove(const Config& config, const ModelsOptions& options) {
  return said(forget_upstream_key(config), options.json, "removed", "Clé oubliée.");
}

}  // namespace beffroi::app
