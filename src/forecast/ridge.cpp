#include "forecast/ridge.h"

#include <algorithm>
#include <cmath>

namespace beffroi::forecast {

namespace {

constexpr std::size_t kBlock = 128;  // rows summed in single precision before they are added in double precision

// The columns centred and scaled, weights folded in (√w), padded so that the inner loops are whole vectors.
struct Scaled {
  std::size_t width = 0, padded = 0;
  std::vector<double> means, scales;
  std::vector<float> rows;  // √w·(x − mean)/scale
};

Scaled scale(const Matrix& matrix, std::span<const float> root_weights) {
  Scaled out;
  out.width = matrix.width;
  out.padded = (matrix.width + 7) / 8 * 8;
  std::vector<double> sums(matrix.width), squares(matrix.width), counts(matrix.width);
  for (std::size_t row = 0; row < matrix.rows(); ++row) {
    const auto values = matrix.row(row);
    for (std::size_t column = 0; column < matrix.width; ++column) {
      const double value = values[column];
      if (std::isnan(value)) continue;
      sums[column] += value, squares[column] += value * value, counts[column] += 1;
    }
  }
  for (std::size_t column = 0; column < matrix.width; ++column) {
    const double mean = counts[column] > 0 ? sums[column] / counts[column] : 0;
    const double variance = counts[column] > 0 ? squares[column] / static_cast<double>(matrix.rows()) -
                                                     mean * mean * counts[column] / static_cast<double>(matrix.rows())
                                               : 0;
    out.means.push_back(mean);
    out.scales.push_back(variance > 1e-12 ? std::sqrt(variance) : 0);  // 0: the column says nothing
  }
  out.rows.assign(matrix.rows() * out.padded, 0.0F);
  for (std::size_t row = 0; row < matrix.rows(); ++row) {
    const auto values = matrix.row(row);
    float* to = out.rows.data() + row * out.padded;
    for (std::size_t column = 0; column < matrix.width; ++column) {
      if (out.scales[column] == 0 || std::isnan(values[column])) continue;
      to[column] = static_cast<float>((values[column] - out.means[column]) / out.scales[column]) * root_weights[row];
    }
  }
  return out;
}

void add_block(const Scaled& data, std::size_t begin, std::size_t end, std::vector<float>& sum) {
  for (std::size_t row = begin; row < end; ++row) {
    const float* values = data.rows.data() + row * data.padded;
    for (std::size_t i = 0; i < data.width; ++i) {
      const float value = values[i];
      if (value == 0.0F) continue;
      float* line = sum.data() + i * data.padded;
      for (std::size_t j = i / 8 * 8; j < data.padded; ++j) line[j] += value * values[j];
    }
  }
}

// XᵀWX, upper triangle, plus the penalty on the diagonal.
std::vector<double> gram(const Scaled& data, std::size_t rows, double penalty) {
  std::vector<double> total(data.width * data.width);
  std::vector<float> sum(data.width * data.padded);
  for (std::size_t begin = 0; begin < rows; begin += kBlock) {
    std::fill(sum.begin(), sum.end(), 0.0F);
    add_block(data, begin, std::min(begin + kBlock, rows), sum);
    for (std::size_t i = 0; i < data.width; ++i) {
      for (std::size_t j = i; j < data.width; ++j) total[i * data.width + j] += sum[i * data.padded + j];
    }
  }
  for (std::size_t i = 0; i < data.width; ++i) total[i * data.width + i] += penalty;
  return total;
}

// A = UᵀU in place (upper triangle). With a penalty above zero A is positive definite.
void factorise(std::vector<double>& a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    double* row = a.data() + i * n;
    const double pivot = std::sqrt(std::max(row[i], 1e-12));
    for (std::size_t j = i; j < n; ++j) row[j] /= pivot;
    row[i] = pivot;
    for (std::size_t k = i + 1; k < n; ++k) {
      const double factor = row[k];
      double* below = a.data() + k * n;
      for (std::size_t j = k; j < n; ++j) below[j] -= factor * row[j];
    }
  }
}

void solve(const std::vector<double>& u, std::size_t n, std::vector<double>& b) {
  for (std::size_t i = 0; i < n; ++i) {
    b[i] /= u[i * n + i];
    for (std::size_t j = i + 1; j < n; ++j) b[j] -= u[i * n + j] * b[i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < n; ++j) b[i] -= u[i * n + j] * b[j];
    b[i] /= u[i * n + i];
  }
}

}  // namespace

Result<Ridge> Ridge::fit(const Matrix& rows, std::span<const float> targets, std::span<const float> weights, const RidgeOptions& options) {
  const std::size_t count = rows.rows();
  if (count == 0 || targets.size() != count || weights.size() != count)
    return fail(Code::invalid_argument, "Aucun jour connu pour apprendre.", "ridge: no row");
  double weight_sum = 0;
  for (const float weight : weights) weight_sum += weight;
  const double mean_weight = std::max(weight_sum / static_cast<double>(count), 1e-12);
  std::vector<float> roots(count);
  for (std::size_t row = 0; row < count; ++row) roots[row] = static_cast<float>(std::sqrt(weights[row] / mean_weight));
  const Scaled data = scale(rows, roots);
  std::vector<double> factor = gram(data, count, options.penalty);
  factorise(factor, data.width);

  std::vector<double> coefficients(data.width);
  std::vector<float> fast(data.padded);
  double intercept = 0;
  for (int step = 0; step < options.steps; ++step) {
    std::copy(coefficients.begin(), coefficients.end(), fast.begin());
    std::vector<double> slope(data.width);
    std::vector<float> part(data.padded);
    double shift = 0;
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      std::fill(part.begin(), part.end(), 0.0F);
      for (std::size_t row = begin; row < std::min(begin + kBlock, count); ++row) {
        const float* values = data.rows.data() + row * data.padded;
        float predicted = 0;
        for (std::size_t column = 0; column < data.padded; ++column) predicted += values[column] * fast[column];
        const double residual = targets[row] - intercept - (roots[row] > 0 ? predicted / roots[row] : 0);
        const double kept = std::clamp(residual, step == 0 ? -1e9 : -options.huber, step == 0 ? 1e9 : options.huber) * roots[row];
        shift += kept * roots[row];
        for (std::size_t column = 0; column < data.padded; ++column) part[column] += values[column] * static_cast<float>(kept);
      }
      for (std::size_t column = 0; column < data.width; ++column) slope[column] += part[column];
    }
    for (std::size_t column = 0; column < data.width; ++column) slope[column] -= options.penalty * coefficients[column];
    solve(factor, data.width, slope);
    for (std::size_t column = 0; column < data.width; ++column) coefficients[column] += slope[column];
    intercept += shift / static_cast<double>(count);
  }
  Ridge ridge;
  ridge.means_ = data.means;
  ridge.intercept_ = intercept;
  for (std::size_t column = 0; column < data.width; ++column)
    ridge.factors_.push_back(data.scales[column] > 0 ? coefficients[column] / data.scales[column] : 0);
  return ridge;
}

double Ridge::term(std::size_t column, float value) const {
  return factors_[column] == 0 || std::isnan(value) ? 0.0 : factors_[column] * (value - means_[column]);
}

double Ridge::predict(std::span<const float> row) const {
  double sum = intercept_;
  for (std::size_t column = 0; column < row.size(); ++column) sum += term(column, row[column]);
  return sum;
}

}  // namespace beffroi::forecast
