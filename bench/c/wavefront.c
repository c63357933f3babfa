// The wavefront of dtw in C, for the compiler to vectorize (gcc -O3 -march=native -ffast-math): how fast this CPU can be.
// Reads pairs of n and repetitions, prints nanoseconds per cell of the fastest of several runs.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double wavefront(const double *restrict x, int n, const double *restrict y_reversed, int m, double *restrict room) {
  int stride = n + 16;
  double *before2 = room, *before1 = room + stride, *current = room + 2 * stride;
  for (int i = 0; i < 3 * stride; i++) room[i] = 1e300;
  before2[0] = 0;
  for (int k = 0; k < n + m - 1; k++) {
    int first = k - m + 1 > 0 ? k - m + 1 : 0;
    int last = k < n - 1 ? k : n - 1;
    const double *restrict y = y_reversed + (m - 1 - k);
    const double *restrict diagonal = before2, *restrict side = before1;
    double *restrict out = current + 1;
    for (int i = first; i <= last; i++) {
      double d = x[i] - y[i];
      double best = side[i] < side[i + 1] ? side[i] : side[i + 1];
      best = diagonal[i] < best ? diagonal[i] : best;
      out[i] = d * d + best;
    }
    if (k == 0) before2[0] = 1e300;
    current[first] = current[last + 2] = 1e300;
    double *done = before2;
    before2 = before1;
    before1 = current;
    current = done;
  }
  return sqrt(before1[n]);
}

int main(int count, char **arguments) {
  for (int a = 1; a + 1 < count; a += 2) {
    int n = atoi(arguments[a]), repetitions = atoi(arguments[a + 1]);
    double *x = malloc(8 * n), *y = malloc(8 * n), *room = malloc(8 * 3 * (n + 16));
    for (int i = 0; i < n; i++) x[i] = sin(i * .37) + cos(i * .11), y[i] = sin(i * .31 + 1) + cos(i * .13);
    double best = 1e18, sum = 0;
    for (int run = 0; run < 15; run++) {
      struct timespec begin, end;
      clock_gettime(CLOCK_MONOTONIC, &begin);
      for (int r = 0; r < repetitions; r++) sum += wavefront(x, n, y, n, room);
      clock_gettime(CLOCK_MONOTONIC, &end);
      double ns = (end.tv_sec - begin.tv_sec) * 1e9 + (end.tv_nsec - begin.tv_nsec);
      if (ns < best) best = ns;
    }
    printf("%d %.6f %g\n", n, best / repetitions / n / n, sum);
  }
}
