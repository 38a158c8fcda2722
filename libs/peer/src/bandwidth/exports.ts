export {
  BANDWIDTH_RULES_MAX,
  BYTE_RATE_MIN,
  DAY_MINUTES,
  type BandwidthPlan,
  type BandwidthRule,
  type DayTimes,
} from "./bandwidth-schedule.ts";
