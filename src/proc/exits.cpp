#include "proc/exits.h"

#include <fmt/format.h>

#include <csignal>

namespace beffroi::proc {

namespace {

const char* meaning_of(int signal) {
  switch (signal) {
    case SIGKILL: return "tué, à la main ou par le système faute de mémoire";
    case SIGTERM: return "arrêt demandé";
    case SIGINT: return "interrompu au clavier";
    case SIGSEGV:
    case SIGBUS: return "erreur d’accès à la mémoire";
    case SIGABRT: return "le programme s’est arrêté de lui-même sur une anomalie";
    case SIGILL: return "instruction inconnue du processeur";
    case SIGFPE: return "erreur de calcul";
    case SIGXCPU: return "temps de calcul permis dépassé";
    case SIGSYS: return "appel au système interdit";
    default: return "arrêté par le système";
  }
}

}  // namespace

std::string Exit::in_words() const {
  if (signal != 0) return fmt::format("signal {} ({})", signal, meaning_of(signal));
  if (code == 0) return "arrêt normal";
  return fmt::format("erreur {}", code);
}

}  // namespace beffroi::proc
