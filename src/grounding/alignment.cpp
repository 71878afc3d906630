#include "grounding/alignment.h"

#include <algorithm>
#include <limits>

namespace beffroi::grounding {
namespace {

constexpr double kBackwards = 1.0;
constexpr double kSameAgain = 2.0;       // one word of the source cannot serve twice without cost
constexpr double kOtherSentence = 0.5;
constexpr double kGap = 0.001;           // between equal readings, the closest
constexpr double kWidestGap = 0.1;

double step(std::size_t from, std::size_t to, std::span<const SourceAtom> source) {
  double cost = source[from].sentence == source[to].sentence ? 0 : kOtherSentence;
  if (to == from) return cost + kSameAgain;
  if (to < from) return cost + kBackwards;
  return cost + std::min(kWidestGap, kGap * static_cast<double>(to - from - 1));
}

struct Reached {
  std::size_t place = 0;
  double cost = 0;
  std::size_t from = kNowhere;  // index among the places of the atom before
};

std::vector<Reached> places_of(const Atom& atom, std::span<const SourceAtom> source) {
  std::vector<Reached> places;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (same_atom(atom, source[i].atom)) places.push_back({i, 0, kNowhere});
  }
  return places;
}

}  // namespace

std::vector<SourceAtom> source_atoms(std::span<const CitedSentence> cited) {
  std::vector<SourceAtom> out;
  for (const auto& sentence : cited) {
    for (const auto& condition : sentence.conditions) {
      for (auto& atom : atoms_of(condition)) out.push_back({std::move(atom), kContext});
    }
  }
  for (std::size_t i = 0; i < cited.size(); ++i) {
    for (auto& atom : atoms_of(cited[i].text)) out.push_back({std::move(atom), static_cast<int>(i)});
  }
  return out;
}

Alignment align(std::span<const Atom> sentence, std::span<const SourceAtom> source) {
  std::vector<std::vector<Reached>> layers;
  std::vector<std::size_t> atom_of_layer;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    auto places = places_of(sentence[i], source);
    if (places.empty()) continue;
    if (!layers.empty()) {
      for (auto& here : places) {
        here.cost = std::numeric_limits<double>::infinity();
        for (std::size_t k = 0; k < layers.back().size(); ++k) {
          const double cost = layers.back()[k].cost + step(layers.back()[k].place, here.place, source);
          if (cost < here.cost) {
            here.cost = cost;
            here.from = k;
          }
        }
      }
    }
    layers.push_back(std::move(places));
    atom_of_layer.push_back(i);
  }
  Alignment out;
  out.places.assign(sentence.size(), kNowhere);
  if (layers.empty()) return out;
  const auto& last = layers.back();
  auto best = static_cast<std::size_t>(
      std::min_element(last.begin(), last.end(), [](const Reached& a, const Reached& b) { return a.cost < b.cost; }) - last.begin());
  for (std::size_t layer = layers.size(); layer-- > 0;) {
    out.places[atom_of_layer[layer]] = layers[layer][best].place;
    best = layers[layer][best].from;
  }
  std::size_t before = kNowhere;
  for (const std::size_t place : out.places) {
    if (place == kNowhere || source[place].sentence == kContext) continue;
    if (before != kNowhere && place <= before) ++out.breaks;
    before = place;
  }
  return out;
}

}  // namespace beffroi::grounding
