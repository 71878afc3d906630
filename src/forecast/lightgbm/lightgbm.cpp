// LightGBM through the C functions of its library, opened at run time: its wheel carries no header, so the nine functions used are declared
// here as its include/LightGBM/c_api.h (4.7.0) has them.
#include <dlfcn.h>
#include <fmt/format.h>

#include <string>

#include "forecast/boosting.h"

namespace beffroi::forecast {

namespace {

constexpr int kFloat32 = 0;  // C_API_DTYPE_FLOAT32
constexpr int kRowMajor = 1;
constexpr int kNormalPrediction = 0;  // C_API_PREDICT_NORMAL
constexpr const char* kFolder = "lightgbm-4.7.0";  // pinned in third_party/deps.lock

using Handle = void*;

struct Functions {
  const char* (*last_error)();
  int (*register_log)(void (*)(const char*));
  int (*dataset_from_matrix)(const void*, int, std::int32_t, std::int32_t, int, const char*, Handle, Handle*);
  int (*dataset_set_field)(Handle, const char*, const void*, int, int);
  int (*dataset_free)(Handle);
  int (*booster_create)(Handle, const char*, Handle*);
  int (*booster_update)(Handle, int*);
  int (*booster_free)(Handle);
  int (*predict)(Handle, const void*, int, std::int32_t, std::int32_t, int, int, int, int, const char*, std::int64_t*, double*);
};

void no_log(const char*) {}

// Everything but the loss. One thread and column-wise histograms: the same sums in the same order, so the same trees.
constexpr const char* kParameters =
    "num_threads=1 deterministic=true force_col_wise=true verbosity=-1 seed=1 max_bin=63 num_leaves=31 min_data_in_leaf=80 "
    "feature_fraction=0.3 bagging_fraction=0.7 bagging_freq=1 lambda_l2=5";

// An absolute error, rounded within a twentieth around nothing: leaves need no median of their own, which took a third of the time.
constexpr const char* kMiddleLoss = "objective=fair fair_c=0.05";

class Loaded {
 public:
  static Result<std::shared_ptr<const Loaded>> open(const std::filesystem::path& path) {
    auto loaded = std::shared_ptr<Loaded>(new Loaded);
    loaded->library_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto absent = [&](std::string detail) {
      return fail(Code::unavailable, "La bibliothèque LightGBM n’est pas installée\u00a0: lancez «\u00a0tools/deps lightgbm\u00a0».",
                  std::move(detail));
    };
    if (loaded->library_ == nullptr) {
      const char* reason = dlerror();
      return absent(reason != nullptr ? reason : "dlopen failed");
    }
    Functions& f = loaded->functions_;
    const bool whole = loaded->find("LGBM_GetLastError", f.last_error) && loaded->find("LGBM_RegisterLogCallback", f.register_log) &&
                       loaded->find("LGBM_DatasetCreateFromMat", f.dataset_from_matrix) &&
                       loaded->find("LGBM_DatasetSetField", f.dataset_set_field) && loaded->find("LGBM_DatasetFree", f.dataset_free) &&
                       loaded->find("LGBM_BoosterCreate", f.booster_create) &&
                       loaded->find("LGBM_BoosterUpdateOneIter", f.booster_update) && loaded->find("LGBM_BoosterFree", f.booster_free) &&
                       loaded->find("LGBM_BoosterPredictForMat", f.predict);
    if (!whole) return absent("a C function of LightGBM is missing");
    f.register_log(no_log);
    return loaded;
  }
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;
  ~Loaded() = default;  // never closed: OpenMP's threads may outlive a dlclose

  [[nodiscard]] const Functions& functions() const { return functions_; }
  [[nodiscard]] tl::unexpected<Error> fault(std::string_view what) const {
    return fail(Code::internal, "LightGBM a échoué\u00a0: signalez-le aux mainteneurs.",
                fmt::format("{}: {}", what, functions_.last_error()));
  }

 private:
  Loaded() = default;
  template <class Function>
  bool find(const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library_, name));
    return function != nullptr;
  }
  void* library_ = nullptr;
  Functions functions_{};
};

class Trees final : public BoostedTrees {
 public:
  // Owns both: a booster points into the rows it was grown on.
  Trees(std::shared_ptr<const Loaded> library, Handle dataset, Handle booster)
      : library_(std::move(library)), dataset_(dataset), booster_(booster) {}
  Trees(const Trees&) = delete;
  Trees& operator=(const Trees&) = delete;
  ~Trees() override {
    if (booster_ != nullptr) library_->functions().booster_free(booster_);
    library_->functions().dataset_free(dataset_);
  }
  [[nodiscard]] Handle dataset() const { return dataset_; }
  [[nodiscard]] Handle* booster() { return &booster_; }

  Result<std::vector<double>> predict(const Matrix& rows) const override {
    std::vector<double> out(rows.rows());
    if (out.empty()) return out;
    std::int64_t written = 0;
    const int failed = library_->functions().predict(booster_, rows.values.data(), kFloat32, static_cast<std::int32_t>(rows.rows()),
                                                     static_cast<std::int32_t>(rows.width), kRowMajor, kNormalPrediction, 0, -1,
                                                     "num_threads=1", &written, out.data());
    if (failed != 0 || written != static_cast<std::int64_t>(out.size())) return library_->fault("predict");
    return out;
  }

 private:
  std::shared_ptr<const Loaded> library_;
  Handle dataset_, booster_;
};

class LightGbm final : public Boosting {
 public:
  explicit LightGbm(std::shared_ptr<const Loaded> library) : library_(std::move(library)) {}

  Result<std::unique_ptr<BoostedTrees>> fit(const Matrix& rows, std::span<const float> targets, std::span<const float> weights,
                                            const BoostingOptions& options) const override {
    const Functions& f = library_->functions();
    const std::string loss =
        options.quantile == 0.5 ? std::string(kMiddleLoss) : fmt::format("objective=quantile alpha={}", options.quantile);
    const std::string parameters = fmt::format("{} {} learning_rate={}", kParameters, loss, options.rate);
    Handle dataset = nullptr;
    if (f.dataset_from_matrix(rows.values.data(), kFloat32, static_cast<std::int32_t>(rows.rows()), static_cast<std::int32_t>(rows.width),
                              kRowMajor, parameters.c_str(), nullptr, &dataset) != 0)
      return library_->fault("dataset");
    auto trees = std::make_unique<Trees>(library_, dataset, nullptr);
    const int count = static_cast<int>(rows.rows());
    if (f.dataset_set_field(dataset, "label", targets.data(), count, kFloat32) != 0 ||
        f.dataset_set_field(dataset, "weight", weights.data(), count, kFloat32) != 0)
      return library_->fault("labels");
    if (f.booster_create(dataset, parameters.c_str(), trees->booster()) != 0) return library_->fault("booster");
    for (int tree = 0, finished = 0; tree < options.trees && finished == 0; ++tree) {
      if (f.booster_update(*trees->booster(), &finished) != 0) return library_->fault("tree");
    }
    return trees;
  }

 private:
  std::shared_ptr<const Loaded> library_;
};

}  // namespace

Result<std::shared_ptr<const Boosting>> open_lightgbm(const std::filesystem::path& library) {
  auto loaded = BEFFROI_TRY(Loaded::open(library));
  return std::make_shared<const LightGbm>(std::move(loaded));
}

std::filesystem::path lightgbm_path(const std::filesystem::path& deps) { return deps / kFolder / "lib_lightgbm.so"; }

}  // namespace beffroi::forecast
