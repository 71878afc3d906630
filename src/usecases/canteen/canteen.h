// Canteens: how many meals will be served? What the rest of the program may use; README.md says what it is for.
#pragma once

#include "usecases/canteen/backtest.h"
#include "usecases/canteen/dataset.h"
#include "usecases/canteen/exporting/tables.h"
#include "usecases/canteen/findings.h"
#include "usecases/canteen/plan.h"
#include "usecases/canteen/store/doubts.h"
#include "usecases/canteen/store/forecasting.h"
#include "usecases/canteen/store/imports.h"
#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/store/tables.h"
#include "usecases/canteen/web/desk.h"
