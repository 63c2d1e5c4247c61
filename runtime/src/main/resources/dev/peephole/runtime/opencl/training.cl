// What training does around the kernels of a network.

// Keeps a loss until it is asked for. After one that is not finite there are no more updates, so
// that the parameters stay as they were then.
kernel __attribute__((reqd_work_group_size(1, 1, 1)))
void keep_loss(global const float *loss, global float *losses, global int *stopped, int place) {
  losses[place] = loss[0];
  if (!isfinite(loss[0])) {
    stopped[0] = 1;
  }
}

// partial[g] = the sum of the squares that group g sees; always in the same order.
kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void squares(global const float *gradients, global float *partial, int count) {
  local float sums[256];
  const int item = get_local_id(0);
  float sum = 0;
  for (int k = get_global_id(0); k < count; k += get_global_size(0)) {
    sum += gradients[k] * gradients[k];
  }
  sums[item] = sum;
  for (int items = 128; items > 0; items /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item < items) {
      sums[item] += sums[item + items];
    }
  }
  if (item == 0) {
    partial[get_group_id(0)] = sums[0];
  }
}

// Makes the gradients together no longer than norm, and each no greater than value.
kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void clip(
    global float *gradients, global const float *partial, int groups, float norm, float value,
    int count) {
  const int k = get_global_id(0);
  if (k >= count) {
    return;
  }
  float sum = 0;
  for (int g = 0; g < groups; g++) {
    sum += partial[g];
  }
  const float length = sqrt(sum);
  const float gradient = length > norm ? gradients[k] * (norm / length) : gradients[k];
  gradients[k] = isnan(gradient) ? gradient : fmax(-value, fmin(value, gradient));
}

// Keeps what a layer made of its state for the next step, as long as there are updates.
kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void keep_state(
    global const float *made, global float *state, global const int *stopped, int count) {
  const int k = get_global_id(0);
  if (k < count && !stopped[0]) {
    state[k] = made[k];
  }
}
