/**
 * Accuracies of the great time series classification bake off on the archive's own split into train and test: Bagnall, Lines,
 * Bostrom, Large and Keogh, 2017, results at https://www.timeseriesclassification.com.
 */
export const published: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GunPoint: {
    Euclidean_1NN: 0.913333333,
    DTW_R1_1NN: 0.906666667,
    DTW_Rn_1NN: 0.913333333,
    DDTW_R1_1NN: 0.993333333,
    ERP_1NN: 0.946666667,
    LCSS_1NN: 0.973333333,
    MSM_1NN: 0.973333333,
    TWE_1NN: 0.953333333,
    WDTW_1NN: 0.98,
    WDDTW_1NN: 0.993333333,
  },
  Coffee: {
    Euclidean_1NN: 1,
    DTW_R1_1NN: 1,
    DTW_Rn_1NN: 1,
    DDTW_R1_1NN: 0.928571429,
    ERP_1NN: 1,
    LCSS_1NN: 1,
    MSM_1NN: 0.892857143,
    TWE_1NN: 1,
    WDTW_1NN: 1,
    WDDTW_1NN: 0.964285714,
  },
  ItalyPowerDemand: {
    Euclidean_1NN: 0.955296404,
    DTW_R1_1NN: 0.950437318,
    DTW_Rn_1NN: 0.955296404,
    DDTW_R1_1NN: 0.91350826,
    ERP_1NN: 0.955296404,
    LCSS_1NN: 0.957240039,
    MSM_1NN: 0.943634597,
    TWE_1NN: 0.948493683,
    WDTW_1NN: 0.950437318,
    WDDTW_1NN: 0.940719145,
  },
};
